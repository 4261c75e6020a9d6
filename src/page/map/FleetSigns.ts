import type { Vehicle } from '../model/Fleet.js';
import { freshness, type Freshness } from '../model/freshness.js';
import type { Picture } from '../model/Picture.js';
import { crowding } from './crowding.js';
import type { Frame, Inks } from './Frame.js';
import { isInSight } from './isInSight.js';
import { Signs } from './Signs.js';
import { worlds } from './worlds.js';

const FAR = 20;
const SIZES = [7.5, 5.5, 4]; // px of signs, from where there is room to where there is little
const DOTS = [3.5, 2.5, 1.5]; // px of squares, where there is none for signs

interface Seen {
  readonly vehicle: Vehicle;
  readonly x: number;
  readonly y: number;
}

/** The signs of all devices. Holds the sheets that they were last copied from. */
export class FleetSigns {
  private sheets: Signs[] = [];

  /** Draws the sign of each device in sight at its latest fix, the freshest above; the smaller, the closer they stand. */
  draw(context: CanvasRenderingContext2D, frame: Frame, { vehicles, at }: Picture, inks: Inks): void {
    const byAge: Record<Freshness, Seen[]> = { old: [], ageing: [], fresh: [] };
    for (const world of worlds(frame, FAR)) {
      for (const vehicle of vehicles.values()) {
        const { latest } = vehicle;
        if (!isInSight(latest, world, FAR)) continue;
        byAge[freshness(latest.event, at)].push({ vehicle, x: latest.x * world.scale - world.left, y: latest.y * world.scale - world.top });
      }
    }
    const stepAt = crowding([byAge.old, byAge.ageing, byAge.fresh].flat(), SIZES.length + DOTS.length);
    const sheets = this.sheetsOf(inks);
    for (const age of ['old', 'ageing', 'fresh'] as const) {
      context.fillStyle = inks[age];
      for (const seen of byAge[age]) {
        const step = stepAt(seen);
        const dot = DOTS[step - SIZES.length];
        if (dot === undefined) sheets[step]!.put(context, seen.x, seen.y, age, seen.vehicle.course);
        else context.fillRect(seen.x - dot / 2, seen.y - dot / 2, dot, dot);
      }
    }
  }

  private sheetsOf(inks: Inks): readonly Signs[] {
    const sharp = window.devicePixelRatio;
    if (this.sheets[0]?.inks !== inks || this.sheets[0].sharp !== sharp) this.sheets = SIZES.map((size) => new Signs(inks, size, sharp));
    return this.sheets;
  }
}
