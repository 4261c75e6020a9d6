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
const DOTS = [3.5, 2.5, 1.5, 1]; // px of squares, where there is none for signs

const AGES: readonly Freshness[] = ['old', 'ageing', 'fresh']; // the freshest above

/** The signs of all devices. Holds where those in sight are, and the sheets that they were last copied from. */
export class FleetSigns {
  private sheets: Signs[] = [];
  private readonly seen: Vehicle[] = [];
  private xs = new Float64Array(0);
  private ys = new Float64Array(0);
  private ages = new Uint8Array(0);

  /** Draws the sign of each device in sight at its latest fix, the freshest above; the smaller, the closer they stand. */
  draw(context: CanvasRenderingContext2D, frame: Frame, picture: Picture, inks: Inks): void {
    this.look(frame, picture);
    const { seen, xs, ys, ages } = this;
    const stepAt = crowding({ xs, ys, length: seen.length }, SIZES.length + DOTS.length);
    const sheets = this.sheetsOf(inks);
    AGES.forEach((age, rank) => {
      context.fillStyle = inks[age];
      for (let i = 0; i < seen.length; i++) {
        if (ages[i] !== rank) continue;
        const [x, y] = [xs[i]!, ys[i]!];
        const step = stepAt(x, y);
        const dot = DOTS[step - SIZES.length];
        if (dot === undefined) sheets[step]!.put(context, x, y, age, seen[i]!.course);
        else context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
      }
    });
  }

  /** Finds the devices in sight, in each copy of the world. */
  private look(frame: Frame, { vehicles, at }: Picture): void {
    const { seen } = this;
    const all = worlds(frame, FAR);
    if (this.xs.length < vehicles.size * all.length) {
      this.xs = new Float64Array(vehicles.size * all.length * 2);
      this.ys = new Float64Array(this.xs.length);
      this.ages = new Uint8Array(this.xs.length);
    }
    const { xs, ys, ages } = this;
    seen.length = 0;
    for (const world of all) {
      for (const vehicle of vehicles.values()) {
        const { latest } = vehicle;
        if (!isInSight(latest, world, FAR)) continue;
        xs[seen.length] = latest.x * world.scale - world.left;
        ys[seen.length] = latest.y * world.scale - world.top;
        ages[seen.length] = AGES.indexOf(freshness(latest.event, at));
        seen.push(vehicle);
      }
    }
  }

  private sheetsOf(inks: Inks): readonly Signs[] {
    const sharp = window.devicePixelRatio;
    if (this.sheets[0]?.inks !== inks || this.sheets[0].sharp !== sharp) this.sheets = SIZES.map((size) => new Signs(inks, size, sharp));
    return this.sheets;
  }
}
