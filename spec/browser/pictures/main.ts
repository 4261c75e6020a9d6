import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastfix } from '../../support/lastfix.js';
import { chromium } from '../support/chromium.js';
import { serving } from '../support/serving.js';
import { Sight } from '../support/Sight.js';
import { sizes } from './sizes.js';
import { terminalPicture } from './terminalPicture.js';

const root = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** Makes docs/page.png and docs/terminal.svg, of a recording that is made up and of the fixture, and artefacts/ of every size. */
async function pictures(folder: string): Promise<void> {
  mkdirSync(root('docs'), { recursive: true });
  await lastfix(['generate', '--devices', '60', '--duration', '1h', '--seed', '8', '--output', 'recording.csv'], folder);
  const [server, browser] = await Promise.all([
    serving(['replay', 'recording.csv', '--rate', '50', '--serve', '--output', 'log.csv'], folder),
    chromium(),
  ]);
  const sight = await Sight.open(browser, server.url, { colorScheme: 'light' });
  await sight.until(() => sight.text('moment'), (time) => time >= '12:45:00');
  await sight.page.locator('.row').nth(3).click();
  await sight.page.waitForTimeout(3000);
  await sight.page.screenshot({ path: root('docs/page.png') });
  await sight.close();
  await server.end();
  await sizes(browser, folder, root('fixtures/minute.csv'), root('artefacts'));
  await browser.close();

  const run = ['replay', root('fixtures/minute.csv'), '--rate', 'max'];
  const played = await lastfix(run, folder);
  const asked = await lastfix(['query', '8250', '2021-10-23T12:30:40Z'], folder);
  const lines = [
    '$ lastfix replay minute.csv --rate max',
    ...played.stderr.replaceAll(root('fixtures/'), '').trimEnd().split('\n'),
    '',
    '$ lastfix query 8250 2021-10-23T12:30:40Z',
    ...asked.stdout.trimEnd().split('\n'),
  ];
  writeFileSync(root('docs/terminal.svg'), terminalPicture(lines));
}

const folder = mkdtempSync(join(tmpdir(), 'lastfix-pictures-'));
try {
  await pictures(folder);
} finally {
  rmSync(folder, { recursive: true });
}
