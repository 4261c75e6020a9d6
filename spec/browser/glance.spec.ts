import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { formatInstant, parseInstant } from '../../src/index.js';
import { judgedKinds } from '../support/bruteForce.js';
import { lastfix } from '../support/lastfix.js';
import { finishedLog } from './support/finishedLog.js';
import { serving } from './support/serving.js';
import type { Sight } from './support/Sight.js';

const SECOND = 1e6;

describe('the recording at a glance', () => {
  let sight: Sight;
  let kinds: ReturnType<typeof judgedKinds>;
  let first: number;
  let last: number;

  const log = finishedLog(async (path) => {
    await lastfix(['generate', '--devices', '5', '--duration', '4m', '--seed', '3', '--output', path], dirname(path));
    kinds = judgedKinds(readFileSync(path, 'utf8'));
    first = kinds.reduce((least, { arrival }) => Math.min(least, arrival), Infinity);
    last = kinds.reduce((most, { arrival }) => Math.max(most, arrival), -Infinity);
  });

  /** How many there are of each kind from one second to another, both included, found by looking at all. */
  const counted = (by: 'arrival' | 'event', from: number, to: number) => {
    const second = (time: number) => Math.floor(time / SECOND);
    const own = kinds.filter((fix) => second(fix[by]) >= second(from) && second(fix[by]) <= second(to));
    const many = (...names: readonly string[]) => own.filter(({ kind }) => names.includes(kind)).length.toLocaleString('en');
    return [many('change'), many('late'), many('duplicate', 'conflict')];
  };
  const told = () => sight.page.locator('#counted b').allInnerTexts();
  const ready = async (address = '') => {
    sight = await log.open(address);
    await sight.until(() => sight.page.locator('#slider').isEnabled(), Boolean);
    await sight.until(() => told(), ([changes]) => changes !== '–');
  };
  const stretch = async () =>
    (await sight.page.evaluate<number[]>(`['min', 'max'].map((name) => Number(document.getElementById('slider')[name]))`)).map(
      (position) => first + position * 1000,
    );
  const place = async (share: number) => {
    const { x, y, width } = (await sight.page.locator('#line').boundingBox())!;
    return { x: x + 9 + share * (width - 18), y: y + 12 };
  };
  /** Where the mark is on the slider, and in a chart: as shares of their widths; `undefined` where there is none. */
  const marks = () =>
    sight.page.evaluate<(number | null)[]>(`[
      (() => { const share = Number(document.getElementById('line').style.getPropertyValue('--cursor')); return share < 0 ? null : share; })(),
      ...['rates', 'ages', 'deviceChart'].map((id) => {
        const over = document.querySelector('#' + id + ' .u-over').getBoundingClientRect();
        const mark = document.querySelector('#' + id + ' .u-cursor-x').getBoundingClientRect();
        return over.width === 0 || mark.left < over.left - 1 ? null : (mark.left - over.left) / over.width;
      }),
    ]`);
  const isFull = () =>
    sight.page.evaluate<boolean[]>(`[
      ...['rates', 'ages'].map((id) => !document.getElementById(id).parentElement.classList.contains('empty')),
      ...[0, 1].map((half) => {
        const canvas = document.getElementById('overview');
        const { width, height } = canvas;
        const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
        if (width === 0 || height === 0) return false;
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(Math.floor((half * width) / 2), 0, Math.ceil(width / 2), height).data.some((value) => value > 0);
      }),
    ]`);

  it('should count all that there is, by either clock, as a search through the recording does', async () => {
    await ready();
    await sight.becomes(told, counted('arrival', first, last));
    expect(counted('arrival', first, last).map((text) => Number(text.replace(',', ''))).reduce((a, b) => a + b)).to.equal(kinds.length);
    await sight.page.locator('.clocks label', { has: sight.page.locator('#event') }).click();
    await sight.becomes(told, counted('event', first, last));
  });

  it('should go to the moment that is clicked on', async () => {
    await ready();
    for (const share of [0.25, 0.6]) {
      const { x, y } = await place(share);
      await sight.page.mouse.click(x, y);
      const wanted = first + share * (last - first);
      const { width } = (await sight.page.locator('#line').boundingBox())!;
      const pixel = (last - first) / (width - 18);
      const asked = () => sight.page.evaluate<string | null>(`new URLSearchParams(location.hash.slice(1)).get('at')`);
      await sight.until(asked, (text) => Math.abs((parseInstant(text ?? '') ?? 0) - wanted) < 2 * pixel + 0.1 * SECOND);
      await sight.until(() => sight.text('explained'), (text) => text.startsWith('What was known'));
    }
  });

  it('should zoom into a stretch by the wheel, the buttons and the keys, count what is there, and find back', async () => {
    await ready();
    const { x, y } = await place(0.5);
    await sight.page.mouse.move(x, y);
    await sight.page.mouse.wheel(0, -300);
    await sight.until(stretch, ([from, to]) => to! - from! < 0.6 * (last - first));
    await sight.page.mouse.move(x, 5);
    const shownCounts = async () => {
      const [from, to] = await stretch();
      await sight.becomes(told, counted('arrival', from!, to!));
    };
    await shownCounts();
    const middle = (await stretch()).reduce((a, b) => a + b) / 2;
    expect(Math.abs(middle - (first + last) / 2)).to.be.below(0.02 * (last - first));
    expect(await sight.text('first')).to.equal(formatInstant((await stretch())[0]!).slice(11, 19));

    const before = (await stretch())[1]! - (await stretch())[0]!;
    await sight.page.keyboard.press('i');
    await sight.until(stretch, ([from, to]) => Math.abs(to! - from! - before / 2) < SECOND);
    await shownCounts();
    await sight.page.locator('#zoomOut').click();
    await sight.until(stretch, ([from, to]) => Math.abs(to! - from! - before) < SECOND);
    await sight.page.keyboard.press('w');
    await sight.until(stretch, ([from, to]) => Math.abs(from! - first) < SECOND && Math.abs(to! - last) < SECOND);
    await sight.becomes(told, counted('arrival', first, last));
    expect(await sight.page.locator('#zoomAll').isDisabled()).to.equal(true);
  });

  it('should zoom where two fingers are spread, and out where they are brought together', async () => {
    await ready();
    const devtools = await sight.page.context().newCDPSession(sight.page);
    const { y } = await place(0.5);
    /** Two fingers, so far to both sides of a place on the slider, one step after the other. */
    const pinch = async (share: number, ...apart: readonly number[]) => {
      const { x } = await place(share);
      const touchPoints = (half: number) => [{ x: x - half, y, id: 0 }, { x: x + half, y, id: 1 }];
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: touchPoints(apart[0]!) });
      for (const half of apart) await devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: touchPoints(half) });
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await pinch(0.25, 30, 40, 60, 90);
    const isWhole = ([from, to]: readonly number[]) => to! - from! < 0.45 * (last - first); // after the step before, it is half as long
    const [from, to] = await sight.until(stretch, isWhole);
    expect((to! - from!) / (last - first)).to.be.closeTo(1 / 3, 0.02);
    expect(from! + 0.25 * (to! - from!)).to.be.closeTo(first + 0.25 * (last - first), 0.02 * (last - first)); // what was between them stays
    await sight.becomes(told, counted('arrival', from!, to!));
    await pinch(0.5, 90, 60, 30);
    await sight.until(stretch, ([from, to]) => to! - from! > 0.95 * (last - first));
  });

  it('should follow the moment out of the stretch that it zoomed to', async () => {
    await ready(`#at=${formatInstant(first + 60 * SECOND)}`);
    for (let i = 0; i < 3; i++) {
      const before = (await stretch())[1]! - (await stretch())[0]!;
      await sight.page.locator('#zoomIn').click();
      await sight.until(stretch, ([from, to]) => to! - from! < 0.6 * before);
    }
    await sight.page.locator('#typed').fill(formatInstant(first + 180 * SECOND));
    await sight.page.locator('#typed').press('Enter');
    await sight.until(stretch, ([from, to]) => from! <= first + 180 * SECOND && to! >= first + 180 * SECOND);
    const slider = sight.page.getByRole('slider', { name: 'Moment of the recording' });
    await sight.becomes(() => slider.getAttribute('aria-valuetext'), formatInstant(first + 180 * SECOND).slice(11, 19));
  });

  it('should mark the same moment on the slider and in every chart, wherever it is pointed at, and say what there is', async () => {
    await ready();
    await sight.until(isFull, (full) => full.every(Boolean));
    await sight.page.locator('.row').first().click();
    await sight.until(() => sight.page.locator('#deviceChart').isVisible(), Boolean);
    const { x, y } = await place(0.7);
    await sight.page.mouse.move(x, y);
    const isNear = (share: number) => (all: readonly (number | null)[]) =>
      all.slice(0, 3).every((mark) => mark !== null && Math.abs(mark - share) < 0.012);
    await sight.until(marks, (all) => isNear(0.7)(all) && all[3] !== null);
    const second = Math.floor((first + 0.7 * (last - first)) / SECOND) * SECOND;
    const beside = [-SECOND, 0, SECOND].map((away) => counted('arrival', second + away, second + away).join());
    await sight.until(told, (text) => beside.includes(text.join()));

    const chart = (await sight.page.locator('#ages .u-over').boundingBox())!;
    await sight.page.mouse.move(chart.x + 0.3 * chart.width, chart.y + 10);
    await sight.until(marks, (all) => isNear(0.3)(all) && all[3] !== null);
    await sight.page.mouse.move(x, 5);
    await sight.becomes(marks, [null, null, null, null]);
  });

  it('should have full charts at once, and after a reload', async () => {
    await ready();
    for (let load = 0; load < 2; load++) {
      await sight.until(isFull, (full) => full.every(Boolean));
      await sight.page.reload();
    }
    await sight.until(isFull, (full) => full.every(Boolean));
  });

  it('should show a replay what is known, and what is not yet, with charts that are full at once', async () => {
    const replay = await serving(
      ['replay', 'recording.csv', '--from', formatInstant(first + 60 * SECOND), '--rate', '0.01', '--serve', '--output', 'live.csv'],
      log.at(),
    );
    try {
      await ready(replay.url);
      await sight.until(isFull, ([rates, ages, early, later]) => Boolean(rates && ages && early) && later === false);
      const known = await sight.page.evaluate<number>(`Number(document.getElementById('line').style.getPropertyValue('--known'))`);
      expect(known).to.be.closeTo((60 * SECOND) / (last - first), 0.05);
      const ahead = (await sight.page.locator('.ahead').boundingBox())!;
      const line = (await sight.page.locator('#line').boundingBox())!;
      expect(ahead.width / (line.width - 18)).to.be.closeTo(1 - known, 0.01);
      await sight.page.reload();
      await sight.until(isFull, ([rates, ages]) => Boolean(rates && ages));
    } finally {
      await sight.page.close(); // before it asks a server that is gone
      await replay.end();
    }
  });

  it('should show after a reload how soon changes could be read before', async () => {
    const replay = await serving(['replay', 'recording.csv', '--from', formatInstant(first + 60 * SECOND), '--serve', '--output', 'live.csv'], log.at());
    try {
      await ready(replay.url);
      const { page } = sight;
      const isFull = () => page.evaluate<boolean>(`!document.getElementById('latencies').parentElement.classList.contains('empty')`);
      await sight.until(isFull, Boolean);
      const status = await page.evaluate<string>(`fetch('/api/status').then((answer) => answer.text())`);
      await page.route('**/api/status', (route) => route.fulfill({ contentType: 'application/json', body: status })); // which is one moment
      await page.reload();
      await sight.until(isFull, Boolean);
    } finally {
      await sight.page.close(); // before it asks a server that is gone
      await replay.end();
    }
  });
});
