import type { Vehicle } from '../model/Fleet.js';
import { AGEING, FRESH, type Freshness } from '../model/freshness.js';
import type { Picture } from '../model/Picture.js';
import { crowding } from './crowding.js';
import { Dots } from './Dots.js';
import type { Frame, Inks } from './Frame.js';
import { pixelOf } from './pixelOf.js';
import { Signs } from './Signs.js';
import { worlds } from './worlds.js';

const FAR = 20;
const SIZES = [7.5, 5.5, 4]; // px of signs, from where there is room to where there is little
const DOTS = [3.5, 2.5, 1.5, 1]; // px of squares, where there is none for signs

const AGES: readonly Freshness[] = ['old', 'ageing', 'fresh']; // the freshest above

/** The signs of all devices. Holds where those in sight are, and the sheets that they were last copied from. */
export class FleetSigns {
  private sheets: Signs[] = [];
  private colours: readonly number[] = [];
  private readonly dots = new Dots();
  private readonly seen: Vehicle[] = [];
  private xs = new Float64Array(0);
  private ys = new Float64Array(0);
  /** The place of each age in `AGES`, and how crowded it is around. */
  private ages = new Uint8Array(0);
  private steps = new Uint8Array(0);

  /** Draws the sign of each device in sight at its latest fix, the freshest above; the smaller, the closer they stand. */
  draw(context: CanvasRenderingContext2D, frame: Frame, picture: Picture, inks: Inks): void {
    this.look(frame, picture);
    this.take(inks);
    const { seen, xs, ys, ages, steps } = this;
    const stepAt = crowding({ xs, ys, length: seen.length }, SIZES.length + DOTS.length);
    for (let i = 0; i < seen.length; i++) steps[i] = stepAt(xs[i]!, ys[i]!);
    this.drawDots(context);
    for (let rank = 0; rank < AGES.length; rank++) {
      for (let i = 0; i < seen.length; i++) {
        const sheet = ages[i] === rank ? this.sheets[steps[i]!] : undefined; // there is none of dots
        sheet?.put(context, xs[i]!, ys[i]!, AGES[rank]!, seen[i]!.course);
      }
    }
  }

  private drawDots(context: CanvasRenderingContext2D): void {
    const { seen: { length }, xs, ys, ages, steps, dots } = this;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < length; i++) {
      if (steps[i]! < SIZES.length) continue;
      left = Math.min(left, xs[i]!);
      right = Math.max(right, xs[i]!);
      top = Math.min(top, ys[i]!);
      bottom = Math.max(bottom, ys[i]!);
    }
    if (right < left) return;
    dots.begin({ left: left - DOTS[0]!, top: top - DOTS[0]!, right: right + DOTS[0]!, bottom: bottom + DOTS[0]! }, window.devicePixelRatio);
    for (let rank = 0; rank < AGES.length; rank++) {
      for (let i = 0; i < length; i++) {
        if (ages[i] === rank && steps[i]! >= SIZES.length) dots.put(xs[i]!, ys[i]!, DOTS[steps[i]! - SIZES.length]!, this.colours[rank]!);
      }
    }
    dots.draw(context);
  }

  /** Finds the devices in sight, in each copy of the world. */
  private look(frame: Frame, { vehicles, at }: Picture): void {
    const { seen } = this;
    const all = worlds(frame, FAR);
    if (this.xs.length < vehicles.size * all.length) {
      this.xs = new Float64Array(vehicles.size * all.length * 2);
      this.ys = new Float64Array(this.xs.length);
      this.ages = new Uint8Array(this.xs.length);
      this.steps = new Uint8Array(this.xs.length);
    }
    const { xs, ys, ages } = this;
    const [fresh, ageing] = [at - FRESH * 1e6, at - AGEING * 1e6];
    let length = 0;
    for (const { scale, left, top, width, height } of all) {
      for (const vehicle of vehicles.values()) {
        const { latest: { x, y, event } } = vehicle;
        const [across, down] = [x * scale - left, y * scale - top];
        if (across < -FAR || down < -FAR || across > width + FAR || down > height + FAR) continue;
        xs[length] = across;
        ys[length] = down;
        ages[length] = event > fresh ? 2 : event > ageing ? 1 : 0;
        seen[length++] = vehicle;
      }
    }
    seen.length = length;
  }

  private take(inks: Inks): void {
    const sharp = window.devicePixelRatio;
    if (this.sheets[0]?.inks === inks && this.sheets[0].sharp === sharp) return;
    this.sheets = SIZES.map((size) => new Signs(inks, size, sharp));
    this.colours = AGES.map((age) => pixelOf(inks[age]));
  }
}
