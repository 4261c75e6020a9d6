import { eastward } from '../model/eastward.js';
import type { Vehicle } from '../model/Fleet.js';
import type { Frame } from './Frame.js';

const REACH = 18; // px: a finger is no pixel

/** The device whose latest fix is nearest to a point of the map, if one is near. */
export function nearest(
  vehicles: ReadonlyMap<string, Vehicle>,
  { scale, left, top }: Frame,
  point: { readonly x: number; readonly y: number },
): string | undefined {
  const [x, y] = [(left + point.x) / scale, (top + point.y) / scale];
  let found: string | undefined;
  let min = REACH;
  for (const [device, { latest }] of vehicles) {
    const off = Math.hypot(eastward({ x }, latest), latest.y - y) * scale;
    if (off >= min) continue;
    min = off;
    found = device;
  }
  return found;
}
