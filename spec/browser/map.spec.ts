import type { Browser } from 'playwright-core';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { groundAt, type Place } from './support/groundAt.js';
import { servedRows } from './support/servedRows.js';
import type { Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

/** Places that are known to be land or sea: of the whole Earth, and on both sides of the date line. */
const OCEANS = [[31, -41], [-31, 81], [47, -161], [2, 179], [2, -179], [-47, 175.5], [-51, -174], [75, 179], [75, -179]] as const;
const INLAND = [[42, 51], [43, 34], [59, -86], [35, 18], [58, 20], [-4, 111]] as const;
const CONTINENTS = [[23, 11], [62, 101], [-25, 136], [-11, -56], [75, -42], [-78, 100], [48, 68], [40, -101], [1, 22]] as const;
const EARTH = { land: CONTINENTS, sea: [...OCEANS, ...INLAND] };
const AFAR = { land: CONTINENTS, sea: OCEANS };
const CHUKOTKA = { land: [[66.1, -175.6], [67.6, 175.6], [68.3, 179.3], [67.9, -179.2]], sea: [[64, 179], [63, -179.5]] } as const;
const FIJI = {
  land: [
    [-16.87, 179.96],
    [-16.87, -179.96],
    [-17.8, 178.1],
    [-16.6, 179.2],
  ],
  sea: [
    [-17.4, 179.6],
    [-17.4, -179.6],
    [-16.2, 179.3],
    [-18.4, 179.1],
  ],
} as const;

/** Recordings of devices that stand around a place: over the date line in the tropics, and near the pole; around the world. */
const FLEETS: Readonly<Record<string, readonly Place[]>> = {
  fiji: [[-18.1, 178.4], [-16.75, -179.9]],
  chukotka: [[68.9, 176], [66, -172]],
  world: [[-18.1, 178.4], [64.5, -165.4], [-33.9, 18.4], [-54.8, -68.3], [35.7, 139.7], [78.2, 15.6]],
};

describe('the map', () => {
  const at = temporaryFolder();
  const servers: Record<string, Serving> = {};
  let browser: Browser;

  before(async () => {
    for (const [name, places] of Object.entries(FLEETS)) {
      const rows = places.flatMap(([latitude, longitude], i) =>
        [0, 9].map(
          (second) => `device ${i},${latitude},${longitude + second / 1e5},2024-05-01T12:00:0${second}Z,2024-05-01T12:00:0${second}Z,3`,
        ),
      );
      servers[name] = await servedRows(at, name, rows);
    }
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    for (const server of Object.values(servers)) await server.end();
  });

  const viewport = { width: 1600, height: 1000 };
  for (const [name, looks] of [
    ['fiji', [[0, FIJI, 3], [2, { land: FIJI.land.slice(2), sea: FIJI.sea }, 6], [Infinity, AFAR, 40]]],
    ['chukotka', [[0, CHUKOTKA, 3], [2, CHUKOTKA, 6], [Infinity, AFAR, 40]]],
    ['world', [[0, EARTH, 20], [0, CHUKOTKA, 4]]],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`should have land and sea where they are, around ${name}, ${colorScheme}`, async () => {
        const sight = await Sight.open(browser, servers[name]!.url, { viewport, colorScheme });
        for (const [zoomedOut, { land, sea }, many] of looks) {
          await sight.page.locator('#fit').click();
          const out = sight.page.locator('.leaflet-control-zoom-out');
          for (let i = 0; i < zoomedOut && (await out.getAttribute('aria-disabled')) === 'false'; i++) await out.click();
          const wrong = async () => {
            const [lands, seas] = [await groundAt(sight, land), await groundAt(sight, sea)];
            const amiss = [...lands.filter(({ is }) => is !== 'land'), ...seas.filter(({ is }) => is !== 'sea')];
            return { amiss, fewInSight: lands.length + seas.length < many };
          };
          await sight.becomes(wrong, { amiss: [], fewInSight: false }, `${zoomedOut} zooms out`);
        }
        await sight.close();
      });
    }
  }
});
