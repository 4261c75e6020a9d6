import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { lastfix, MAIN } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

describe('the page of a log that another process writes', () => {
  const at = temporaryFolder();
  let browser: Browser;
  before(async () => {
    await lastfix(['generate', '--devices', '5', '--duration', '2h', '--seed', '3', '--output', 'recording.csv'], at());
    browser = await chromium();
  });
  after(() => browser.close());

  it('should say that it is followed while that goes on, and finished as soon as that was killed', async () => {
    const from = ['--from', '2021-10-23T12:30:00Z'];
    const run = spawn(process.execPath, [MAIN, 'replay', 'recording.csv', ...from, '--output', 'log.csv', '--quiet'], { cwd: at(), stdio: 'ignore' });
    const ended = once(run, 'close');
    try {
      await eventually(() => existsSync(at('log.csv')) && existsSync(at('log.csv.lock')));
      const server = await serving(['serve', 'log.csv'], at());
      try {
        const sight = await Sight.open(browser, server.url);
        await sight.becomes(() => sight.text('state'), 'following the log');
        await sight.becomes(() => sight.text('live'), 'Live');
        run.kill('SIGKILL');
        await ended;
        await sight.becomes(() => sight.text('state'), 'finished');
        await sight.becomes(() => sight.text('live'), 'Latest');
        await sight.close();
      } finally {
        await server.end();
      }
    } finally {
      run.kill('SIGKILL');
    }
  });
});
