import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { pixelOf } from './support/pixelOf.js';
import { servedRows } from './support/servedRows.js';
import type { Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

type Place = readonly [latitude: number, longitude: number];

const [SOUTH, NORTH, WEST, EAST] = [-5, 5, 70, 80];
/** A number from 0 to 1, another for each whole number and the same in each run. */
const chance = (i: number) => {
  const mixed = [1, 2].reduce((bits) => Math.imul(bits ^ (bits >>> 16), 0x45d9f3b), i + 1);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
};
const EVEN: readonly Place[] = Array.from({ length: 4000 }, (_, i) => [
  SOUTH + chance(2 * i) * (NORTH - SOUTH),
  WEST + chance(2 * i + 1) * (EAST - WEST),
]);
/** A depot in the middle of them. */
const KNOT: readonly Place[] = Array.from({ length: 600 }, (_, i) => [chance(3 * i) - 0.5, 74.5 + chance(3 * i + 1)]);

describe('the signs of many devices', () => {
  const at = temporaryFolder();
  const servers: Record<string, Serving> = {};
  let browser: Browser;
  let sight: Sight;

  before(async () => {
    for (const [name, places] of [['even', EVEN], ['knot', [...EVEN, ...KNOT]]] as const) {
      const rows = places.map(([latitude, longitude], i) => `${i},${latitude},${longitude},2024-05-01T12:00:00Z,2024-05-01T12:00:01Z,3`);
      servers[name] = await servedRows(at, name, rows);
    }
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    for (const server of Object.values(servers)) await server.end();
  });
  afterEach(() => sight.close());

  const open = async (name: string) => {
    sight = await Sight.open(browser, servers[name]!.url);
    await sight.until(() => sight.painted(), ({ pixels }) => pixels > 1000);
  };
  /** How much of a part of the map signs cover, 0 to 1. */
  const covered = async ([south, west]: Place, [north, east]: Place) => {
    const [a, b] = [await pixelOf(sight, [north, west]), await pixelOf(sight, [south, east])];
    const box = (await sight.page.locator('#map').boundingBox())!;
    return sight.page.evaluate<number>(`(() => {
      const canvas = document.querySelector('.leaflet-fleet-pane canvas');
      const [width, height] = [${Math.round(b.x - a.x)}, ${Math.round(b.y - a.y)}];
      const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, ${Math.round(box.x - a.x)}, ${Math.round(box.y - a.y)});
      const { data } = copy.getImageData(0, 0, width, height);
      let sum = 0;
      for (let i = 3; i < data.length; i += 4) sum += data[i] / 255;
      return sum / (width * height);
    })()`);
  };

  it('should look even where the devices are', async () => {
    await open('even');
    // n signs at places of chance leave exp(-n * size² / area) free, which tells their size
    const sizes: number[] = [];
    for (let south = SOUTH; south < NORTH; south += 2) {
      for (let west = WEST; west < EAST; west += 2) {
        const many = EVEN.filter(([y, x]) => y >= south && y < south + 2 && x >= west && x < west + 2).length;
        sizes.push(Math.sqrt(-Math.log(1 - (await covered([south, west], [south + 2, west + 2]))) / many));
      }
    }
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    expect(most / least).to.be.below(1.25);
  });

  it('should neither form a block where many are, nor look emptier there', async () => {
    await open('knot');
    const [depot, around] = [await covered([-0.5, 74.5], [0.5, 75.5]), await covered([2, 72], [4, 78])];
    expect(depot).to.be.within(2 * around, 0.7);
  });
});
