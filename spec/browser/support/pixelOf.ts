import type { Sight } from './Sight.js';

/** Where a place is on the screen, in px, on the copy of the world that is in sight. */
export async function pixelOf(
  { page }: Sight,
  [latitude, longitude]: readonly [number, number],
): Promise<{ readonly x: number; readonly y: number }> {
  const bounds = (await page.locator('#map').getAttribute('data-sight'))!;
  const [west, south, east, north] = bounds.split(',').map(Number) as [number, number, number, number];
  const box = (await page.locator('#map').boundingBox())!;
  const mercator = (degrees: number) => Math.asinh(Math.tan((degrees * Math.PI) / 180));
  return {
    x: box.x + ((longitude - west) / (east - west)) * box.width,
    y: box.y + ((mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south))) * box.height,
  };
}
