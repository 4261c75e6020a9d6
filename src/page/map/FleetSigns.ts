import type { Vehicle } from '../model/Fleet.js';
import { AGEING, FRESH, type Freshness } from '../model/freshness.js';
import type { Picture } from '../model/Picture.js';
import { crowding } from './crowding.js';
import type { Frame, Inks } from './Frame.js';
import { pixelOf } from './pixelOf.js';
import { Raster } from './Raster.js';
import { Signs } from './Signs.js';
import { Sizes } from './Sizes.js';
import { worlds } from './worlds.js';

const FAR = 20;
/** px of signs, and up to how many in a square of 32 px. */
const SIGNS = [
  { size: 7.5, upTo: 3 },
  { size: 5.5, upTo: 6 },
  { size: 4, upTo: 12 },
] as const;
/** px of dots, where there is no room for signs: so many that all of them cover as much of the map as where fewer stand. */
const dotOf = (crowding: number) => Math.max(1, 16 / Math.sqrt(crowding));
const ROOM = SIGNS.at(-1)!.upTo;

const AGES: readonly Freshness[] = ['old', 'ageing', 'fresh']; // the freshest above

/** The signs of all devices. Holds where those in sight are, the signs that were drawn last, and a picture of all. */
export class FleetSigns {
  private readonly signs: (Signs | undefined)[] = [];
  private inks: Inks | undefined;
  private sharp = 1;
  private colours: readonly number[] = [];
  private readonly raster = new Raster();
  private readonly seen: Vehicle[] = [];
  private xs = new Float64Array(0);
  private ys = new Float64Array(0);
  /** The place of each age in `AGES`, and as how crowded it counts. */
  private ages = new Uint8Array(0);
  private crowds = new Float32Array(0);
  private readonly sizes = new Sizes();

  /** Draws on a blank canvas the sign of each device in sight at its latest fix, the freshest above; the smaller, the closer they stand. */
  draw(context: CanvasRenderingContext2D, frame: Frame, picture: Picture, inks: Inks): void {
    this.look(frame, picture);
    this.take(inks);
    const { seen, xs, ys, crowds, sizes, raster } = this;
    const { usual, at, around } = crowding({ xs, ys, length: seen.length });
    sizes.take(usual, frame.scale);
    for (let i = 0; i < seen.length; i++) crowds[i] = sizes.crowding(at(xs[i]!, ys[i]!), around(xs[i]!, ys[i]!));
    raster.begin(frame, this.sharp);
    this.putDots();
    this.putSigns(inks);
    raster.draw(context);
  }

  private putDots(): void {
    const { seen: { length }, xs, ys, ages, crowds, raster } = this;
    for (let rank = 0; rank < AGES.length; rank++) {
      const colour = this.colours[rank]!;
      for (let i = 0; i < length; i++) {
        if (ages[i] === rank && crowds[i]! > ROOM) raster.square(xs[i]!, ys[i]!, dotOf(crowds[i]!), colour);
      }
    }
  }

  private putSigns(inks: Inks): void {
    const { seen, xs, ys, ages, crowds, raster } = this;
    for (let rank = 0; rank < AGES.length; rank++) {
      for (let i = 0; i < seen.length; i++) {
        if (ages[i] === rank && crowds[i]! <= ROOM)
          raster.stamp(this.signsOf(crowds[i]!, inks).of(AGES[rank]!, seen[i]!.course), xs[i]!, ys[i]!);
      }
    }
  }

  /** Finds the devices in sight, in each copy of the world. */
  private look(frame: Frame, { vehicles, at }: Picture): void {
    const { seen } = this;
    const all = worlds(frame, FAR);
    if (this.xs.length < vehicles.size * all.length) {
      this.xs = new Float64Array(vehicles.size * all.length * 2);
      this.ys = new Float64Array(this.xs.length);
      this.ages = new Uint8Array(this.xs.length);
      this.crowds = new Float32Array(this.xs.length);
    }
    const { xs, ys, ages } = this;
    const [fresh, ageing] = [at - FRESH * 1e6, at - AGEING * 1e6];
    let length = 0;
    for (const { scale, left, top, width, height } of all) {
      for (const vehicle of vehicles.values()) {
        const { latest: { x, y, event } } = vehicle;
        const across = x * scale - left;
        const down = y * scale - top;
        if (across < -FAR || down < -FAR || across > width + FAR || down > height + FAR) continue;
        xs[length] = across;
        ys[length] = down;
        ages[length] = event > fresh ? 2 : event > ageing ? 1 : 0;
        seen[length++] = vehicle;
      }
    }
    seen.length = length;
  }

  /** The signs where it is so crowded: each size is drawn when it is first needed. */
  private signsOf(crowding: number, inks: Inks): Signs {
    const step = SIGNS.findIndex(({ upTo }) => crowding <= upTo);
    return (this.signs[step] ??= new Signs(inks, SIGNS[step]!.size, this.sharp));
  }

  private take(inks: Inks): void {
    const sharp = window.devicePixelRatio;
    if (this.inks === inks && this.sharp === sharp) return;
    [this.inks, this.sharp] = [inks, sharp];
    this.signs.length = 0;
    this.colours = AGES.map((age) => pixelOf(inks[age]));
  }
}
