import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const ARTEFACTS = fileURLToPath(new URL('../../../artefacts/', import.meta.url));

describe('the page beside a replay', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;
  let sight: Sight;

  before(async () => {
    await lastfix(['generate', '--devices', '30', '--duration', '1h', '--seed', '5', '--output', 'recording.csv'], at());
    server = await serving(['replay', 'recording.csv', '--rate', '20', '--serve', '--output', 'log.csv'], at());
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    await server.end();
  });
  beforeEach(async () => {
    sight = await Sight.open(browser, server.url);
    await sight.until(() => sight.page.locator('#play').isEnabled(), Boolean);
  });
  afterEach(() => sight.close());

  const changes = () => sight.text('changes');
  const pace = async () =>
    (await (await fetch(`${server.url}api/status`)).json()) as {
      paused: boolean;
      rate: number | 'max';
      changes: number;
      late: number;
      stream_time: string;
    };
  const rested = async () => { // what was due before the pause has been flushed
    let before = await pace();
    for (;;) {
      await sight.page.waitForTimeout(1200);
      const now = await pace();
      if (now.changes === before.changes && now.late === before.late) return now;
      before = now;
    }
  };

  it('should move with the fleet', async () => {
    const [before, time] = [await sight.painted(), await sight.text('moment')];
    await sight.until(() => sight.painted(), ({ sum, pixels }) => pixels > 300 && sum !== before.sum);
    await sight.until(() => sight.text('moment'), (now) => now > time);
    expect(await sight.text('state')).to.equal('replaying');
  });

  it('should pause, go on by one fix, and resume', async () => {
    await sight.page.locator('#play').click();
    await sight.until(() => sight.text('state'), (state) => state === 'replay paused');
    const still = await rested();
    await sight.page.waitForTimeout(1500);
    expect((await pace()).stream_time).to.equal(still.stream_time);
    await sight.page.locator('#step').click();
    const stepped = await sight.until(pace, (now) => now.changes + now.late === still.changes + still.late + 1);
    expect(stepped.paused).to.equal(true);
    await sight.page.locator('#play').click();
    await sight.until(() => sight.text('state'), (state) => state === 'replaying');
    const shown = await changes();
    await sight.until(changes, (now) => now !== shown);
  });

  it('should be steered by the keys of the terminal', async () => {
    await sight.page.locator('body').press('Space');
    await sight.until(pace, ({ paused }) => paused);
    await sight.page.locator('body').press('+');
    await sight.until(pace, ({ rate }) => rate === 50);
    await sight.page.locator('body').press('-');
    await sight.until(pace, ({ rate }) => rate === 20);
    await sight.until(() => sight.text('play'), (text) => text === 'Resume');
    await sight.page.locator('body').press('Space');
    await sight.until(pace, ({ paused }) => !paused);
  });

  it('should have any rate in its place, and step from it to the next, never to max', async () => {
    const steer = async (command: object) => {
      const { status } = await fetch(`${server.url}api/control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
      });
      expect(status).to.equal(200);
    };
    const shown = () => sight.page.locator('#rate').inputValue();
    const press = async (keys: string) => { for (const key of keys) await sight.page.locator('body').press(key); };
    await steer({ command: 'pause' });
    for (const [rate, keys, next] of [
      [60, '-', 50],
      [60, '+', 100],
      [60, '--', 20],
      [700, '+', 1000],
      [1000, '+++', 1000],
      [7000, '+', 7000],
      ['max', '+-', 1000],
      [0.1, '-', 0.1],
    ] as const) {
      await steer({ command: 'rate', rate });
      await sight.until(shown, (value) => value === String(rate));
      await press(keys);
      await sight.until(pace, (now) => now.rate === next);
      expect(await shown()).to.equal(String(next));
      const options = await sight.page
        .locator('#rate option')
        .evaluateAll((all) => all.map((option) => (option as unknown as { value: string }).value));
      expect(options).to.deep.equal(
        [...options].sort((a, b) => Number(a.replace('max', 'Infinity')) - Number(b.replace('max', 'Infinity'))),
      );
      expect(options).to.include(String(rate));
    }
    await steer({ command: 'rate', rate: 20 });
    await steer({ command: 'resume' });
  });

  it('should look back while the replay goes on, and come back to it', async () => {
    await sight.page.locator('#slider').fill('10000');
    await sight.until(() => sight.page.locator('#live').getAttribute('aria-pressed'), (pressed) => pressed === 'false');
    const [moment, shown, seen] = [await sight.text('moment'), await changes(), await sight.painted()];
    await sight.until(changes, (now) => now !== shown);
    expect(await sight.text('moment')).to.equal(moment);
    expect((await sight.painted()).pixels).to.be.greaterThan(0);
    await sight.page.locator('body').press('Space'); // plays the view, and steers no replay
    await sight.until(() => sight.text('moment'), (now) => now > moment);
    expect((await pace()).paused).to.equal(false);
    await sight.page.locator('body').press('l');
    expect(await sight.text('live')).to.equal('Live');
    await sight.until(() => sight.text('moment'), (now) => now > moment);
    await sight.until(() => sight.painted(), ({ sum }) => sum !== seen.sum);
  });

  it('should draw its charts', async () => {
    await sight.page.waitForTimeout(3000);
    const inked = await sight.page.evaluate<number[]>(`[...document.querySelectorAll('.charts canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const inks = new Set();
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) inks.add(data[i] + ',' + data[i + 1] + ',' + data[i + 2]);
      return inks.size;
    })`);
    expect(inked).to.have.length(3);
    for (const inks of inked) expect(inks).to.be.greaterThan(3);
    await sight.page.screenshot({ path: `${ARTEFACTS}live-1280.png` });
  });
});
