import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { chromium } from './chromium.js';
import { serving, type Serving } from './serving.js';
import { Sight } from './Sight.js';

/** A finished log that is served, and a browser to look at it. */
export interface FinishedLog {
  /** Joins names to the folder in which the log is. */
  readonly at: (...names: readonly string[]) => string;
  /** Opens the page, at what stands behind its address (`#heat=1`), or another page. It is closed after the test. */
  readonly open: (address?: string, options?: BrowserContextOptions) => Promise<Sight>;
}

/** Gives the suite it is called in the log of a recording. @param record writes the recording to a path */
export function finishedLog(record: (path: string) => unknown): FinishedLog {
  const at = temporaryFolder();
  const sights: Sight[] = [];
  let browser: Browser;
  let server: Serving;
  before(async () => {
    await record(at('recording.csv'));
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    server = await serving(['serve', '--output', 'log.csv'], at());
    browser = await chromium();
  });
  afterEach(async () => {
    for (const sight of sights.splice(0)) await sight.close();
  });
  after(async () => {
    await browser.close();
    await server.end();
  });
  return {
    at,
    async open(address = '', options = {}) {
      const sight = await Sight.open(browser, new URL(address, server.url).href, options);
      sights.push(sight);
      return sight;
    },
  };
}
