import { eastward } from '../model/eastward.js';
import type { Sighting } from '../model/Sighting.js';
import type { Frame } from './Frame.js';

const REACH = 12; // px

/** The fix that is nearest to a point of the map, if one is near. */
export function nearestFix(
  fixes: readonly Sighting[],
  { scale, left, top }: Frame,
  point: { readonly x: number; readonly y: number },
): Sighting | undefined {
  const [x, y] = [(left + point.x) / scale, (top + point.y) / scale];
  let found: Sighting | undefined;
  let nearest = REACH;
  for (const fix of fixes) {
    const off = Math.hypot(eastward({ x }, fix), fix.y - y) * scale;
    if (off >= nearest) continue;
    nearest = off;
    found = fix;
  }
  return found;
}
