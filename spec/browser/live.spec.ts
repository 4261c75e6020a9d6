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
    await lastfix(['generate', '--devices', '30', '--duration', '3h', '--seed', '5', '--output', 'recording.csv'], at());
    server = await serving(['replay', 'recording.csv', '--rate', '5', '--serve', '--output', 'log.csv'], at());
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    await server.end();
  });
  beforeEach(async () => {
    sight = await Sight.open(browser, server.url);
    await sight.becomes(() => sight.text('state'), 'replaying');
  });
  afterEach(() => sight.close());

  const changes = () => sight.text('changes');
  const pace = async () =>
    (await (await fetch(`${server.url}api/status`)).json()) as {
      paused: boolean;
      rate: number | 'max';
      rows: number;
      stream_time: string;
    };
  /** How many fixes were emitted, and how many of them are in the log. */
  const counts = async () => {
    const figures = await (await fetch(`${server.url}metrics`)).text();
    const [emitted, written] = ['lateness_seconds_count', 'rows_total'].map((name) => new RegExp(`^lastfix_${name} (\\d+)$`, 'm').exec(figures)![1]);
    return { emitted, written };
  };

  it('should move with the fleet', async () => {
    const [before, time] = [await sight.painted(), await sight.text('moment')];
    await sight.until(() => sight.painted(), ({ sum, pixels }) => pixels > 300 && sum !== before.sum);
    await sight.until(() => sight.text('moment'), (now) => now > time);
    await sight.becomes(() => sight.text('state'), 'replaying');
  });

  it('should pause, go on by one fix, and resume', async () => {
    await sight.page.locator('#play').click();
    await sight.until(() => sight.text('state'), (state) => state === 'replay paused');
    await sight.until(counts, ({ emitted, written }) => emitted === written);
    const still = await pace();
    for (let i = 0; i < 2; i++) await sight.page.waitForResponse(/api.status/); // which the page asks for each second
    expect((await pace()).stream_time).to.equal(still.stream_time);
    await sight.page.locator('#step').click();
    const stepped = await sight.until(pace, ({ rows }) => rows !== still.rows);
    expect(stepped).to.deep.include({ rows: still.rows + 1, paused: true });
    await sight.becomes(() => sight.text('play'), 'Resume');
    await sight.page.locator('#play').click();
    await sight.until(() => sight.text('state'), (state) => state === 'replaying');
    const shown = await changes();
    await sight.until(changes, (now) => now !== shown);
  });

  it('should be steered by the keys of the terminal', async () => {
    await sight.page.locator('body').press('Space');
    await sight.until(pace, ({ paused }) => paused);
    await sight.page.locator('body').press('+');
    await sight.until(pace, ({ rate }) => rate === 10);
    await sight.becomes(() => sight.page.locator('#rate').inputValue(), '10');
    await sight.page.locator('body').press('-');
    await sight.until(pace, ({ rate }) => rate === 5);
    await sight.becomes(() => sight.text('play'), 'Resume');
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
      await sight.becomes(shown, String(next));
      const options = await sight.page
        .locator('#rate option')
        .evaluateAll((all) => all.map((option) => (option as unknown as { value: string }).value));
      expect(options).to.deep.equal(
        [...options].sort((a, b) => Number(a.replace('max', 'Infinity')) - Number(b.replace('max', 'Infinity'))),
      );
      expect(options).to.include(String(rate));
    }
    await steer({ command: 'rate', rate: 5 });
    await steer({ command: 'resume' });
  });

  it('should look back while the replay goes on, and come back to it', async () => {
    await sight.until(() => sight.page.locator('#slider').inputValue(), (position) => Number(position) > 20_000);
    await sight.page.locator('#slider').fill('10000');
    await sight.until(() => sight.page.locator('#live').getAttribute('aria-pressed'), (pressed) => pressed === 'false');
    const [moment, shown, seen] = [await sight.text('moment'), await changes(), await sight.painted()];
    await sight.until(changes, (now) => now !== shown);
    expect(await sight.text('moment')).to.equal(moment);
    await sight.until(() => sight.painted(), ({ pixels }) => pixels > 0);
    await sight.page.locator('body').press('Space'); // plays the view, and steers no replay
    await sight.until(() => sight.text('moment'), (now) => now > moment);
    expect((await pace()).paused).to.equal(false);
    await sight.page.locator('body').press('l');
    await sight.becomes(() => sight.text('live'), 'Live');
    await sight.until(() => sight.text('moment'), (now) => now > moment);
    await sight.until(() => sight.painted(), ({ sum }) => sum !== seen.sum);
  });

  it('should draw its charts', async () => {
    const inked = () => sight.page.evaluate<number[]>(`[...document.querySelectorAll('.charts canvas')].map((canvas) => {
      const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const inks = new Set();
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) inks.add(data[i] + ',' + data[i + 1] + ',' + data[i + 2]);
      return inks.size;
    })`);
    await sight.until(inked, (charts) => charts.length === 3 && charts.every((inks) => inks > 3));
    await sight.page.screenshot({ path: `${ARTEFACTS}live-1280.png` });
  });
});
