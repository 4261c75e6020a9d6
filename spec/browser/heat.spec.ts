import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { judgedKinds } from '../support/bruteForce.js';
import { lastfix } from '../support/lastfix.js';
import { finishedLog } from './support/finishedLog.js';
import type { Sight } from './support/Sight.js';

describe('the heat of late fixes', () => {
  let sight: Sight;
  let kinds: ReturnType<typeof judgedKinds>;
  let first: number;

  const log = finishedLog(async (path) => {
    await lastfix(['generate', '--devices', '5', '--duration', '4m', '--seed', '3', '--output', path], dirname(path));
    kinds = judgedKinds(readFileSync(path, 'utf8'));
    first = kinds.reduce((least, { arrival }) => Math.min(least, arrival), Infinity);
  });

  const late = (by: 'arrival' | 'event', from = -Infinity, to = Infinity) =>
    kinds.filter((fix) => fix.kind === 'late' && fix[by] >= from && fix[by] <= to).length.toLocaleString('en');
  const sum = () => sight.text('heatSum');
  /** How many pixels of the map are warm. */
  const warm = () =>
    sight.page.evaluate<number>(`(() => {
      const canvas = document.querySelector('.leaflet-heat-pane canvas');
      const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      return copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 0).length;
    })()`);
  const hash = () => sight.page.evaluate<string>('location.hash');

  it('should be switched by a key, say how many late fixes there are, and be kept in the address', async () => {
    sight = await log.open();
    const { page } = sight;
    expect(await warm()).to.equal(0);
    expect(await page.locator('.leaflet-heat-pane canvas').isVisible()).to.equal(false); // what is not seen costs nothing
    await page.locator('body').press('h');
    await sight.becomes(sum, late('arrival'));
    await sight.until(warm, (pixels) => pixels > 200);
    expect(await page.locator('.leaflet-heat-pane canvas').isVisible()).to.equal(true);
    await sight.until(hash, (text) => text.includes('heat=1'));
    expect(await page.locator('#heat').getAttribute('aria-pressed')).to.equal('true');
    expect(await page.locator('#heatKey').innerText()).to.equal(`few to many late fixes here: ${late('arrival')}`);
    await page.reload();
    await sight.ready();
    await sight.becomes(sum, late('arrival'));
    await sight.until(warm, (pixels) => pixels > 200);
    await page.locator('#heat').click();
    await sight.until(warm, (pixels) => pixels === 0);
    await sight.until(hash, (text) => !text.includes('heat'));
    expect(await page.locator('#heatKey').isVisible()).to.equal(false);
  });

  it('should say what its colours mean, also where there is little room', async () => {
    sight = await log.open('#heat=1');
    await sight.becomes(sum, late('arrival'));
    for (const [width, height] of [[1280, 800], [320, 640], [390, 844], [844, 390], [640, 400]] as const) {
      await sight.page.setViewportSize({ width, height });
      const box = await sight.page.locator('#heatKey .words').boundingBox();
      expect(box!.width, `px at ${width} by ${height}`).to.be.above(60);
    }
  });

  it('should count those of the stretch of time and of the part of the map that are shown, by the clock in force', async () => {
    sight = await log.open(`#heat=1&by=event`);
    const { page } = sight;
    const earliest = kinds.reduce((least, { arrival }) => Math.min(least, arrival), Infinity);
    const last = kinds.reduce((most, { arrival }) => Math.max(most, arrival), -Infinity);
    await sight.becomes(sum, late('event', earliest, last));
    await page.locator('.clocks label', { has: page.locator('#arrival') }).click();
    await sight.becomes(sum, late('arrival'));
    await page.locator('#zoomIn').click();
    await sight.until(() => page.locator('#zoomAll').isEnabled(), Boolean);
    const [from, to] = (await page.evaluate<number[]>(`['min', 'max'].map((name) => Number(document.getElementById('slider')[name]))`)).map(
      (position) => first + position * 1000,
    );
    await sight.becomes(sum, late('arrival', from, to));
    expect(Number(await sum())).to.be.above(0);
    await page.evaluate(`location.hash = '#heat=1&map=6/-40/-120'`);
    await sight.becomes(sum, '0');
    await sight.until(warm, (pixels) => pixels === 0);
  });
});
