import { freshness } from '../model/freshness.js';
import type { Vehicle } from '../model/Fleet.js';
import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';
import { Signs } from './Signs.js';

const CROWD = 600; // devices in sight, from which on the signs are smaller
const FAR = 20;

let signs: Signs | undefined;

/** Draws the sign of each device in sight at its latest fix, the freshest above. */
export function drawFleet(context: CanvasRenderingContext2D, { scale, left, top, width, height }: Frame, { vehicles, at }: Picture, inks: Inks): void {
  const seen: [vehicle: Vehicle, x: number, y: number][] = [];
  for (const vehicle of vehicles.values()) {
    const [x, y] = [vehicle.latest.x * scale - left, vehicle.latest.y * scale - top];
    if (x >= -FAR && y >= -FAR && x <= width + FAR && y <= height + FAR) seen.push([vehicle, x, y]);
  }
  const size = seen.length > CROWD ? 4.5 : 7.5;
  const sharp = window.devicePixelRatio;
  if (signs?.inks !== inks || signs.size !== size || signs.sharp !== sharp) signs = new Signs(inks, size, sharp);
  for (const wanted of ['old', 'ageing', 'fresh'] as const) {
    for (const [vehicle, x, y] of seen) {
      if (freshness(vehicle.latest.event, at) === wanted) signs.put(context, x, y, wanted, vehicle.course);
    }
  }
}
