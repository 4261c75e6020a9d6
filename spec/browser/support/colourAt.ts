import type { Place } from './groundAt.js';
import type { Sight } from './Sight.js';

/** The colours (`255,255,255`) that are seen at places of the map that are in sight. */
export async function colourAt({ page }: Sight, places: readonly Place[]): Promise<readonly string[]> {
  const png = (await page.locator('#map').screenshot()).toString('base64');
  const bounds = (await page.locator('#map').getAttribute('data-sight'))!;
  return page.evaluate(`(async () => {
    const [west, south, east, north] = [${bounds}];
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob('${png}'), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const { width, height } = image;
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const mercator = (latitude) => Math.asinh(Math.tan(latitude * Math.PI / 180));
    return ${JSON.stringify(places)}.map(([latitude, longitude]) => {
      const x = Math.round((longitude - west) / (east - west) * width);
      const y = Math.round((mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south)) * height);
      return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)].join();
    });
  })()`);
}
