import type { Sighting } from '../model/Sighting.js';

/** The corners of what holds some fixes in degrees: over the date line, where that is the shorter way, the east is beyond 180. */
export interface Extent {
  readonly southWest: readonly [latitude: number, longitude: number];
  readonly northEast: readonly [latitude: number, longitude: number];
}

const HALF = 180; // degrees: over the date line nothing is nearer than that
const ROUND = 270; // degrees: what goes further around the Earth is shown with the date line at the edges, as people know it

/** The stretch of the map that holds all of some fixes, over the date line where they lie around it; `undefined` if there are none. */
export function extentOf(fixes: readonly Pick<Sighting, 'latitude' | 'longitude'>[]): Extent | undefined {
  if (fixes.length === 0) return undefined;
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { latitude, longitude } of fixes) {
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  if (east - west > HALF) [west, east] = overDateLine(Float64Array.from(fixes, ({ longitude }) => longitude).sort());
  return { southWest: [south, west], northEast: [north, east] };
}

/** The shortest stretch that holds some longitudes, given from west to east. */
function overDateLine(longitudes: Float64Array): readonly [west: number, east: number] {
  let [west, east] = [longitudes[0]!, longitudes.at(-1)!];
  for (let i = 1; i < longitudes.length; i++) {
    const over = longitudes[i - 1]! + 360 - longitudes[i]!; // all of them, but for the gap between these two
    if (over < Math.min(east - west, ROUND)) [west, east] = [longitudes[i]!, longitudes[i - 1]! + 360];
  }
  return [west, east];
}
