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

/**
 * Takes a picture of the page at every size, in both themes, of the minute, of 4,000 devices, and of ships around the world:
 * in light of the newest, in dark of a moment before, with a device chosen.
 *
 * @param folder for what is served @param minute the recording of a minute @param into the folder of the pictures
 */
export async function sizes(browser: Browser, folder: string, minute: string, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  writeFileSync(join(folder, 'world.csv'), world());
  await lastfix(['generate', '--devices', '4000', '--duration', '2m', '--seed', '8', '--output', 'fleet.csv'], folder);
  for (const [name, recording, at] of [
    ['minute', minute, '2021-10-23T12:30:40Z'],
    ['fleet', 'fleet.csv', ''],
    ['world', 'world.csv', '2024-05-01T11:10:00Z'],
  ] as const) {
    await lastfix(['replay', recording, '--rate', 'max', '--output', `${name}/log.csv`], folder);
    const server = await serving(['serve', '--output', `${name}/log.csv`], folder);
    for (const [width, height] of SIZES) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const hash = colorScheme === 'dark' && at !== '' ? `#at=${at}` : '';
        const sight = await Sight.open(browser, `${server.url}${hash}`, { viewport: { width, height }, colorScheme });
        await sight.until(() => sight.painted(), ({ pixels }) => pixels > 100);
        if (colorScheme === 'dark') {
          await sight.page.locator('.row').nth(1).click();
          await sight.until(() => sight.text('track'), (text) => text.includes('fix'));
          await sight.page.evaluate('scrollTo(0, 0)');
        }
        let before = await sight.page.screenshot();
        await sight.until(async () => {
          const now = await sight.page.screenshot();
          const isSame = now.equals(before);
          before = now;
          return isSame;
        }, Boolean); // all has come that is to be seen
        writeFileSync(join(into, `${name}-${width}x${height}-${colorScheme}.png`), before);
        await sight.close();
      }
    }
    await server.end();
  }
}
