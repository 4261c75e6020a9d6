import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const UNTIL = '2021-10-23T12:30:20.000000Z';
/** Has the server be one of a store that promises something. */
const PROMISING = `
  const own = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await own(input, init);
    if (!String(input).includes('/api/status')) return answer;
    return new Response(JSON.stringify({ ...await answer.json(), final_until: '${UNTIL}' }), { headers: answer.headers });
  };`;

describe('what is final', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;
  before(async () => {
    await lastfix(['replay', '--rate', 'max', '--quiet', '--output', 'log.csv'], at());
    [server, browser] = await Promise.all([serving(['serve', '--output', 'log.csv'], at()), chromium()]);
  });
  after(async () => {
    await browser.close();
    await server.end();
  });

  it('should be said of the moment that is looked at, if anybody promises it', async () => {
    for (const [hash, script, said] of [
      ['', '', undefined],
      ['', PROMISING, 'That may still change.'],
      ['#at=2021-10-23T12:30:20Z', PROMISING, 'That is final.'],
      ['#at=2021-10-23T12:30:21Z', PROMISING, 'That may still change.'],
      ['#at=2021-10-23T12:30:10Z&by=event', PROMISING, 'That may still change.'],
    ] as const) {
      const sight = await Sight.open(browser, `${server.url}${hash}`, {}, script);
      const text = await sight.until(() => sight.text('explained'), (text) => said === undefined || text.includes('That '));
      expect(/That (?:is final|may still change)\./.exec(text)?.[0], `${hash}: ${text}`).to.equal(said);
      const title = await sight.page.locator('#explained').getAttribute('title');
      expect(title ?? '').to.equal(script === '' ? '' : 'All is there that arrived up to 2021-10-23 12:30:20');
      await sight.close();
    }
  });
});
