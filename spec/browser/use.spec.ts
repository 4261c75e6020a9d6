import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const time = (second: number) => new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();
const row = (device: string, second: number, { latitude = 20, longitude = 75, speed = '3' } = {}) =>
  `${device},${latitude},${longitude},${time(second)},${time(second)},${speed}`;
const names = Array.from({ length: 60 }, (_, i) => `truck ${String(i).padStart(2, '0')}`);

describe('the page in use', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;
  const servers: Serving[] = [];

  const replay = async (folder: string, rows: readonly string[]) => {
    writeFileSync(at('recording.csv'), `${[HEADER, ...rows].join('\n')}\n`);
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', `${folder}/log.csv`], at());
    expect(status, stderr).to.equal(0);
  };
  const served = async (folder: string, rows: readonly string[]) => {
    await replay(folder, rows);
    const started = await serving(['serve', '--output', `${folder}/log.csv`], at());
    servers.push(started);
    return started;
  };

  before(async () => {
    server = await served(
      'many',
      names.flatMap((name, i) =>
        [0, 60, 120].map((second) => row(name, second + i / 100, { latitude: 10 + i / 4, longitude: 70 + second / 600 + i / 5 })),
      ),
    );
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    for (const one of servers) await one.end();
  });

  const chosen = (sight: Sight) =>
    sight.page.evaluate<string>(`document.getElementById('detail').hidden ? 'none' : document.getElementById('name').textContent`);
  const hash = (sight: Sight) => sight.page.evaluate<string>('decodeURIComponent(location.hash)');

  it('should obey its address when that changes in an open tab', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.page.evaluate(`location.hash = 'device=truck+07&at=${time(60)}&by=event'`);
    await sight.until(() => chosen(sight), (name) => name === 'truck 07');
    await sight.until(() => sight.text('moment'), (text) => text === '12:01:00');
    await sight.becomes(() => sight.page.locator('#event').isChecked(), true);
    await sight.page.evaluate(`location.hash = 'device=truck+08'`);
    await sight.until(() => chosen(sight), (name) => name === 'truck 08');
    await sight.until(() => sight.text('explained'), (text) => text.startsWith('Latest'));
    await sight.becomes(() => sight.page.locator('#arrival').isChecked(), true);
    await sight.close();
  });

  it('should go back and forth with the browser, step by step, but not moment by moment', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.page.locator('.row').nth(2).click();
    await sight.until(() => hash(sight), (text) => text === '#device=truck+02');
    await sight.page.locator('.row').nth(4).click();
    await sight.until(() => hash(sight), (text) => text === '#device=truck+04');
    for (const position of ['20000', '30000', '40000']) {
      await sight.page.locator('#slider').fill(position);
      await sight.until(() => hash(sight), (text) => text.includes(`at=2024-05-01T12:00:${position.slice(0, 2)}`));
    }
    for (const [step, name, live] of [
      ['back', 'truck 04', true],
      ['back', 'truck 02', true],
      ['back', 'none', true],
      ['forward', 'truck 02', true],
      ['forward', 'truck 04', true],
      ['forward', 'truck 04', false],
    ] as const) {
      await (step === 'back' ? sight.page.goBack() : sight.page.goForward());
      await sight.until(
        () => chosen(sight),
        (now) => now === name,
      );
      await sight.until(
        () => sight.text('explained'),
        (text) => text.startsWith('Latest') === live,
      );
    }
    await sight.becomes(() => sight.text('moment'), '12:00:40');
    await sight.becomes(() => sight.page.locator('#slider').inputValue(), '40000');
    await sight.close();
  });

  it('should go back to where a link led, however soon after it somebody goes on', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.page.evaluate(`
      addEventListener('popstate', () => { document.querySelectorAll('.row')[4].click(); }, { once: true });
      location.hash = 'device=truck+02';
    `);
    await sight.until(() => hash(sight), (text) => text === '#device=truck+04');
    await sight.page.goBack();
    await sight.until(() => chosen(sight), (name) => name === 'truck 02');
    await sight.close();
  });

  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
    { width: 844, height: 390 },
    { width: 640, height: 400 },
  ]) {
    it(`should keep in sight what the keys choose, at ${viewport.width} by ${viewport.height} px`, async () => {
      const sight = await Sight.open(browser, server.url, { viewport });
      await sight.page.locator('#list').focus();
      for (const [key, name] of [
        ['PageDown', ''],
        ['ArrowDown', ''],
        ['End', names.at(-1)],
        ['ArrowUp', names.at(-2)],
        ['Home', names[0]],
      ] as const) {
        await sight.page.keyboard.press(key);
        if (name !== '')
          await sight.until(
            () => chosen(sight),
            (now) => now === name,
          );
        await sight.until(() => sight.text('track'), (text) => text.includes('fix')); // what is known takes all its room
        await sight.until(
          () =>
            sight.page.evaluate(`(() => {
          const row = document.querySelector('.row[aria-selected="true"]');
          if (row === null || row.dataset.device !== document.getElementById('name').textContent) return 'none';
          const { left, top, bottom } = row.getBoundingClientRect();
          return [top + 3, bottom - 3].map((y) => row.contains(document.elementFromPoint(left + 30, y))).join();
        })()`),
          (seen) => seen === 'true,true',
        );
      }
      await sight.close();
    });
  }

  it('should keep in sight what a key chooses while the list becomes smaller', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.page.locator('#list').focus();
    await sight.page.evaluate(`{
      const list = document.getElementById('list');
      list.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
      list.style.maxHeight = '120px';
    }`);
    await sight.until(() => chosen(sight), (name) => name === names.at(-1));
    await sight.until(() => sight.page.evaluate<boolean>(`(() => {
      const [row, list] = [document.querySelector('.row[aria-selected="true"]'), document.getElementById('list')];
      const [inner, outer] = [row, list].map((element) => element?.getBoundingClientRect());
      return outer.height <= 120 && inner !== undefined && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    })()`), Boolean);
    await sight.close();
  });

  it('should lead to what is known of a device that a finger chooses on a phone', async () => {
    const sight = await Sight.open(browser, server.url, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const row = sight.page.locator('.row').nth(5);
    await row.scrollIntoViewIfNeeded();
    await row.tap();
    await sight.until(() => sight.page.evaluate(`(() => {
      const { left, top } = document.getElementById('name').getBoundingClientRect();
      return document.getElementById('name').contains(document.elementFromPoint(left + 4, top + 8));
    })()`), Boolean);
    await sight.close();
  });

  it('should fill its place when that changes without the window', async () => {
    const sight = await Sight.open(browser, server.url);
    const sizes = () =>
      sight.page.evaluate<string>(
        `[['#map', '.leaflet-fleet-pane canvas'], ['#map', '.leaflet-ground-pane canvas']].flatMap(([place, canvas]) => [place, canvas].map((of) => document.querySelector(of).getBoundingClientRect())).map(({ width, height }) => Math.round(width) + 'x' + Math.round(height)).join()`,
      );
    const isFilled = (text: string) => new Set(text.split(',')).size === 1;
    const before = await sight.until(sizes, isFilled);
    await sight.page.evaluate(`document.getElementById('explained').style.display = 'none'`);
    const larger = await sight.until(sizes, (now) => now !== before && isFilled(now));
    expect(Number(/x(\d+)/.exec(larger)![1])).to.be.greaterThan(Number(/x(\d+)/.exec(before)![1]));
    await sight.page.evaluate(
      `document.querySelector('.side').style.width = '200px'; document.querySelector('main').style.gridTemplateColumns = 'minmax(0, 1fr) 200px'; document.getElementById('explained').style.display = ''`,
    );
    await sight.until(sizes, (now) => now !== larger && isFilled(now));
    await sight.close();
  });

  it('should say in plain words that the server does not answer', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.page.route(/\/api\/(devices|fleet)/, (route) => route.abort());
    await sight.page.locator('.row').nth(2).click();
    await sight.until(() => sight.text('track'), (text) => text === 'the server does not answer');
    await sight.page.locator('#slider').fill('20000');
    await sight.until(() => sight.text('trouble'), (text) => text === 'the server does not answer');
    await sight.page.unroute(/\/api\/(devices|fleet)/);
    await sight.until(() => sight.text('explained'), (text) => text.startsWith('What was known'));
    await sight.close({ expecting: /Failed to load resource/ }); // which the browser says by itself
  });

  it('should show nothing of a run that another took the place of', async () => {
    const other = await served('replaced', [row('a', 900), row('b', 900), row('old', 900)]);
    const sight = await Sight.open(browser, other.url);
    await sight.page.route('**/api/fleet', async (route) => { // a flush of the new run is there before the answer
      const response = await route.fetch({ timeout: 0 });
      await sight.page.locator('.row .id', { hasText: 'new' }).waitFor();
      await route.fulfill({ response });
    });
    await sight.page.locator('.row').first().click();
    await replay('replaced', [row('a', 0, { latitude: -33, longitude: 151 }), row('new', 5, { latitude: -34, longitude: 150 })]);
    await sight.until(() => sight.page.locator('.row .id').allInnerTexts(), (texts) => texts.join() === 'a,new');
    await sight.until(() => sight.text('track'), (text) => text === '1 fix, 0 m.');
    await sight.becomes(() => sight.page.locator('#facts dd').first().innerText(), '2024-05-01 12:00:00');
    await sight.until(
      async () => (await sight.page.locator('#map').getAttribute('data-sight'))!.split(',').map(Number),
      ([west, south, east, north]) => west! < 150 && 151 < east! && south! < -34 && -33 < north!,
    );
    await sight.close();
  });

  it('should say of one device that it is one, and where it heads only if it does', async () => {
    const one = await served('one', [row('only', 0, { speed: '32' })]);
    const standing = await served('standing', [row('only', 0, { speed: '0' })]);
    for (const [{ url }, heading] of [[one, 'unknown'], [standing, 'standing']] as const) {
      const sight = await Sight.open(browser, url);
      await sight.becomes(() => sight.text('shown'), '1 device');
      await sight.page.locator('.row').first().click();
      await sight.until(() => sight.page.locator('#facts dd').allInnerTexts(), (facts) => facts.at(-1) === heading);
      await sight.close();
    }
  });
});
