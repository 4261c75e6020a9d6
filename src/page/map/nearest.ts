import type { Vehicle } from '../model/Fleet.js';
import type { Frame } from './Frame.js';

const REACH = 18; // px: a finger is no pixel

/** The device whose latest fix is nearest to a point of the map, if one is near. */
export function nearest(vehicles: ReadonlyMap<string, Vehicle>, { scale, left, top }: Pick<Frame, 'scale' | 'left' | 'top'>, point: { readonly x: number; readonly y: number }): string | undefined {
  let found: string | undefined;
  let least = REACH;
  for (const [device, { latest }] of vehicles) {
    const off = Math.hypot(latest.x * scale - left - point.x, latest.y * scale - top - point.y);
    if (off >= least) continue;
    least = off;
    found = device;
  }
  return found;
}
