import type { Sight } from './Sight.js';

export type Place = readonly [latitude: number, longitude: number];

/** Whether a place that is in sight is seen as `land` or `sea`, or else of which colour it is. */
export interface Seen {
  readonly place: string;
  readonly is: string;
}

/** What is seen at places of the map, in each copy of the world that is in sight, away from controls and names. */
export async function groundAt({ page }: Sight, places: readonly Place[]): Promise<readonly Seen[]> {
  const png = (await page.locator('#map').screenshot()).toString('base64');
  const bounds = (await page.locator('#map').getAttribute('data-sight'))!;
  return page.evaluate(`(async () => {
    const [west, south, east, north] = [${bounds}];
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob('${png}'), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const { width, height } = image;
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
    const colourAt = (x, y) => context.getImageData(x, y, 1, 1).data.join();
    const names = Object.fromEntries(['land', 'sea'].map((name) => {
      context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name);
      context.fillRect(0, 0, 1, 1);
      return [colourAt(0, 0), name];
    }));
    context.drawImage(image, 0, 0);
    const mercator = (latitude) => Math.asinh(Math.tan(latitude * Math.PI / 180));
    const seen = [];
    for (const [latitude, longitude] of ${JSON.stringify(places)}) {
      for (let turned = longitude - 1080; turned < east; turned += 360) {
        const x = Math.round((turned - west) / (east - west) * width);
        const y = Math.round((mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south)) * height);
        if (x < 70 || y < 30 || x > width - 70 || y > height - 60) continue;
        seen.push({ place: latitude + ', ' + turned, is: names[colourAt(x, y)] ?? colourAt(x, y) });
      }
    }
    return seen;
  })()`);
}
