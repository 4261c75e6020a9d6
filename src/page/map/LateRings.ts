import type { Sighting } from '../model/Sighting.js';
import type { Frame, Inks } from './Frame.js';
import { Raster } from './Raster.js';
import { Rings, STEPS } from './Rings.js';
import { worlds } from './worlds.js';

const STAYS = 1600; // ms
/** ms until rings are others. */
export const STEP = STAYS / STEPS;
const MAX_RINGS = 200;

/** Brief hollow rings where late fixes say that a device had been. Holds the newest few hundred, and a picture of them. */
export class LateRings {
  private rings: { readonly fix: Sighting; readonly since: number }[] = [];
  private signs: Rings | undefined;
  private readonly raster = new Raster();

  /** The fixes that have a ring. */
  get fixes(): readonly Sighting[] {
    return this.rings.map(({ fix }) => fix);
  }

  add(late: readonly Sighting[], now: number): void {
    for (const fix of late.slice(-MAX_RINGS)) this.rings.push({ fix, since: now });
    if (this.rings.length > MAX_RINGS) this.rings.splice(0, this.rings.length - MAX_RINGS);
  }

  /** Draws them as they are at a time in ms; still ones only, if nothing is to move. Whether some are left. */
  draw(
    context: CanvasRenderingContext2D,
    frame: Frame,
    { late }: Inks,
    { now, still }: { readonly now: number; readonly still: boolean },
  ): boolean {
    const over = this.rings.findIndex(({ since }) => now - since < STAYS); // the oldest come first
    if (over !== 0) this.rings.splice(0, over < 0 ? this.rings.length : over);
    const sharp = window.devicePixelRatio;
    if (this.signs?.ink !== late || this.signs.sharp !== sharp) this.signs = new Rings(late, sharp);
    this.raster.begin(frame, sharp);
    for (const { scale, left, top, width, height } of worlds(frame)) {
      for (const { fix, since } of this.rings) {
        const [x, y] = [fix.x * scale - left, fix.y * scale - top];
        if (x >= 0 && y >= 0 && x <= width && y <= height) this.raster.stamp(this.signs.of(still ? 0 : (now - since) / STAYS), x, y);
      }
    }
    this.raster.draw(context);
    return this.rings.length > 0;
  }
}
