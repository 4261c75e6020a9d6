import type { Sighting } from '../model/Sighting.js';

/** The corners of what holds some fixes in degrees: over the date line, where that is the shorter way, the east is beyond 180. */
export interface Extent {
  readonly southWest: readonly [latitude: number, longitude: number];
  readonly northEast: readonly [latitude: number, longitude: number];
}

const ROUND = 270; // degrees: what goes further around the Earth is shown with the date line at the edges, as people know it

/** The stretch of the map that holds all of some fixes, over the date line where they lie around it; `undefined` if there are none. */
export function extentOf(fixes: readonly Pick<Sighting, 'latitude' | 'longitude'>[]): Extent | undefined {
  if (fixes.length === 0) return undefined;
  const [south, north] = fixes.reduce(
    ([min, max], { latitude }) => [Math.min(min, latitude), Math.max(max, latitude)],
    [Infinity, -Infinity],
  );
  const longitudes = fixes.map(({ longitude }) => longitude).sort((a, b) => a - b);
  let [west, east] = [longitudes[0]!, longitudes.at(-1)!];
  for (let i = 1; i < longitudes.length; i++) {
    const over = longitudes[i - 1]! + 360 - longitudes[i]!; // all of them, but for the gap between these two
    if (over < Math.min(east - west, ROUND)) [west, east] = [longitudes[i]!, longitudes[i - 1]! + 360];
  }
  return { southWest: [south, west], northEast: [north, east] };
}
