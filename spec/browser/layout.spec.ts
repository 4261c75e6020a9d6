import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { faintTexts } from './support/faintTexts.js';
import { overlaps } from './support/overlaps.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const ARTEFACTS = fileURLToPath(new URL('../../../artefacts/', import.meta.url));
const SIZES = [
  [320, 640],
  [360, 640],
  [390, 844],
  [844, 390],
  [640, 400],
  [768, 1024],
  [820, 520],
  [1024, 600],
  [1280, 800],
  [1920, 1080],
  [2560, 1440],
] as const;
/** Some in the middle, and a frame around them: some of it would lie behind anything over the map that a fit does not respect. */
const PLACES = [
  [18.5, 73.8],
  [13, 80.2],
  ...Array.from({ length: 8 }, (_, i) => i / 7).flatMap((share) => [
    [8.5 + 20.1 * share, 72.6],
    [8.5 + 20.1 * share, 88.4],
    [8.5, 72.6 + 15.8 * share],
    [28.6, 72.6 + 15.8 * share],
  ]),
];

describe('the layout of the page', () => {
  const at = temporaryFolder();
  let browser: Browser;
  const servers: Record<string, Serving> = {};

  before(async () => {
    const rows = PLACES.flatMap(([latitude = 0, longitude = 0], i) => [0, 90].map((second) => {
      const time = new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();
      return `device ${i},${latitude},${longitude + second / 1e6},${time},${time},${i * 10}`;
    }));
    writeFileSync(at('recording.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`);
    expect((await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'past/log.csv'], at())).status).to.equal(0);
    servers['a finished log'] = await serving(['serve', '--output', 'past/log.csv'], at());
    servers['a replay'] = await serving(
      ['replay', 'recording.csv', '--from', '2024-05-01T12:01:00Z', '--rate', '0.001', '--serve', '--output', 'live/log.csv'],
      at(),
    );
    browser = await chromium();
    mkdirSync(ARTEFACTS, { recursive: true });
  });
  after(async () => {
    await browser.close();
    for (const server of Object.values(servers)) await server.end();
  });

  /** Which devices are not in sight, or behind something. */
  const hidden = async ({ page }: Sight) => {
    const bounds = (await page.locator('#map').getAttribute('data-sight'))!;
    return page.evaluate<string[]>(`(() => {
      const [west, south, east, north] = [${bounds}];
      const map = document.getElementById('map').getBoundingClientRect();
      const mercator = (latitude) => Math.asinh(Math.tan(latitude * Math.PI / 180));
      const over = [...document.querySelectorAll('#legend, #ground, .leaflet-control-zoom, #fit, #heat, .leaflet-control-scale')].map((element) => element.getBoundingClientRect());
      return ${JSON.stringify(PLACES)}.filter(([latitude, longitude]) => {
        const x = map.left + (longitude - west) / (east - west) * map.width;
        const y = map.top + (mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south)) * map.height;
        return x < map.left + 8 || x > map.right - 8 || y < map.top + 8 || y > map.bottom - 8 || over.some((box) => x > box.left - 4 && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4);
      }).map(String);
    })()`);
  };

  /** How wide the page is with the numbers of a large fleet in its head. */
  const wideWith = (numbers: Readonly<Record<string, string>>) => `(() => {
    const places = Object.keys(${JSON.stringify(numbers)}).map((id) => document.getElementById(id));
    const before = places.map(({ textContent }) => textContent);
    places.forEach((place, i) => { place.textContent = Object.values(${JSON.stringify(numbers)})[i]; });
    const wide = document.documentElement.scrollWidth;
    places.forEach((place, i) => { place.textContent = before[i]; });
    return wide;
  })()`;

  for (const [width, height] of SIZES) {
    for (const kind of ['a finished log', 'a replay']) {
      it(`should hide nothing behind something else at ${width} by ${height} px, of ${kind}`, async () => {
        const sight = await Sight.open(browser, servers[kind]!.url, {
          viewport: { width, height },
          colorScheme: kind === 'a replay' ? 'dark' : 'light',
        });
        await sight.until(() => sight.text('devices'), (text) => text === String(PLACES.length));
        await sight.until(() => sight.painted(), ({ pixels }) => pixels > 300);
        const overlapping = async () => {
          await sight.page.evaluate('scrollTo(0, 0)'); // a click leads to what is known, in the next frame
          return sight.page.evaluate(overlaps);
        };
        await sight.becomes(overlapping, []);
        await sight.becomes(() => hidden(sight), []);
        await sight.page.locator('.row').nth(2).click();
        await sight.until(() => sight.text('track'), (text) => text.includes('fix'));
        await sight.becomes(overlapping, []);
        await sight.becomes(() => hidden(sight), []);
        await sight.becomes(async () => (await sight.page.evaluate<{ faint: string[] }>(faintTexts)).faint, []);
        await sight.until(() => sight.page.evaluate<number>('document.documentElement.scrollWidth'), (wide) => wide <= width);
        expect(await sight.page.evaluate<number>(wideWith({ devices: '100,000', changes: '12,345,678', late: '12,345,678' }))).to.be.at.most(width);
        await sight.page.screenshot({ path: `${ARTEFACTS}${kind.replace(/^a /, '').replace(' ', '-')}-${width}x${height}.png` });
        await sight.close();
      });
    }
  }
});
