import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { lastfix } from '../../support/lastfix.js';
import { serving } from '../support/serving.js';
import { Sight } from '../support/Sight.js';

const SIZES = [[320, 640], [390, 844], [844, 390], [768, 1024], [1280, 800], [1920, 1080], [2560, 1440]] as const;
const SHIPS = 60;
const MINUTES = 90;
const START = Date.UTC(2024, 4, 1, 10); // ms

/** A recording of ships on all oceans, some over the date line, some of whose fixes come late. */
function world(): string {
  const rows = Array.from({ length: SHIPS * MINUTES }, (_, i) => {
    const [ship, minute] = [i % SHIPS, Math.floor(i / SHIPS)];
    const [latitude, longitude] = [Math.sin(ship * 2.3) * 62 + minute / 60, ((ship * 137.5) % 360) - 180 + (minute / 12) * Math.cos(ship)];
    const east = ((longitude + 540) % 360) - 180;
    const time = (late: number) => new Date(START + minute * 60_000 + late * 1000).toISOString();
    return `ship ${ship},${latitude.toFixed(4)},${east.toFixed(4)},${time(0)},${time((ship + minute) % 7 === 0 ? 900 : 4)},${ship % 24}`;
  });
  return `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`;
}

/** What is taken a picture of: a recording, what an address names in light and in dark, and the sizes if not all. */
interface Motif {
  readonly name: string;
  readonly recording: string;
  readonly light?: string;
  readonly dark?: string;
  readonly sizes?: readonly (readonly [width: number, height: number])[];
}

/**
 * Takes a picture of the page at every size, in both themes, of the minute, of 4,000 devices, and of ships around the world:
 * in light of the newest, in dark of a moment before, with a device chosen. At some sizes also of the heat of late fixes.
 *
 * @param folder for what is served @param minute the recording of a minute @param into the folder of the pictures
 */
export async function sizes(browser: Browser, folder: string, minute: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  writeFileSync(join(folder, 'world.csv'), world());
  await lastfix(['generate', '--devices', '4000', '--duration', '2m', '--seed', '8', '--output', 'fleet.csv'], folder);
  const motifs: readonly Motif[] = [
    { name: 'minute', recording: minute, dark: '#at=2021-10-23T12:30:40Z' },
    { name: 'fleet', recording: 'fleet.csv' },
    { name: 'world', recording: 'world.csv', dark: '#at=2024-05-01T11:10:00Z' },
    { name: 'heat', recording: 'fleet.csv', light: '#heat=1', dark: '#heat=1', sizes: [[320, 640], [768, 1024], [1280, 800]] },
  ];
  for (const { name, recording, light = '', dark = '', sizes = SIZES } of motifs) {
    await lastfix(['replay', recording, '--rate', 'max', '--output', `${name}/log.csv`], folder);
    const server = await serving(['serve', '--output', `${name}/log.csv`], folder);
    for (const [width, height] of sizes) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const hash = colorScheme === 'light' ? light : dark;
        const sight = await Sight.open(browser, `${server.url}${hash}`, { viewport: { width, height }, colorScheme });
        await sight.until(() => sight.painted(), ({ pixels }) => pixels > 100);
        await sight.becomes(() => sight.page.locator('.charts .nothing:visible').count(), 0, 'charts without data');
        if (hash.includes('heat')) await sight.until(() => sight.text('heatSum'), (sum) => Number.parseInt(sum, 10) > 0);
        else if (colorScheme === 'dark') {
          await sight.page.locator('.row').nth(1).click();
          await sight.until(() => sight.text('track'), (text) => text.includes('fix'));
          await sight.page.evaluate('scrollTo(0, 0)');
        }
        writeFileSync(join(into, `${name}-${width}x${height}-${colorScheme}.png`), await settled(sight));
        await sight.close();
      }
    }
    await server.end();
  }
}

/** A picture of a page on which all has come that is to be seen: two in a row that are the same. */
async function settled(sight: Sight): Promise<Buffer> {
  let before = await sight.page.screenshot();
  await sight.until(async () => {
    const now = await sight.page.screenshot();
    const isSame = now.equals(before);
    before = now;
    return isSame;
  }, Boolean);
  return before;
}
