import type { Vehicle } from '../model/Fleet.js';
import { freshness } from '../model/freshness.js';
import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';
import { isInSight } from './isInSight.js';
import { Signs } from './Signs.js';
import { worlds } from './worlds.js';

const CROWD = 600; // devices in sight, from which on the signs are smaller
const FAR = 20;

/** The signs of all devices. Holds the sheet that they were last copied from. */
export class FleetSigns {
  private signs: Signs | undefined;

  /** Draws the sign of each device in sight at its latest fix, the freshest above. */
  draw(context: CanvasRenderingContext2D, frame: Frame, { vehicles, at }: Picture, inks: Inks): void {
    const seen = worlds(frame, FAR).flatMap((world) => {
      const inWorld: [vehicle: Vehicle, x: number, y: number][] = [];
      for (const vehicle of vehicles.values()) {
        const { latest } = vehicle;
        if (isInSight(latest, world, FAR)) inWorld.push([vehicle, latest.x * world.scale - world.left, latest.y * world.scale - world.top]);
      }
      return inWorld;
    });
    const signs = this.signsOf(inks, seen.length > CROWD ? 4.5 : 7.5);
    for (const wanted of ['old', 'ageing', 'fresh'] as const) {
      for (const [vehicle, x, y] of seen) {
        if (freshness(vehicle.latest.event, at) === wanted) signs.put(context, x, y, wanted, vehicle.course);
      }
    }
  }

  private signsOf(inks: Inks, size: number): Signs {
    const sharp = window.devicePixelRatio;
    if (this.signs?.inks !== inks || this.signs.size !== size || this.signs.sharp !== sharp) this.signs = new Signs(inks, size, sharp);
    return this.signs;
  }
}
