import type { Sighting } from '../model/Sighting.js';
import type { Frame, Inks } from './Frame.js';
import { worlds } from './worlds.js';

const STAYS = 1600; // ms
const MAX_RINGS = 200;

/** Brief hollow rings where late fixes say that a device had been. Holds the newest few hundred. */
export class LateRings {
  private rings: { readonly fix: Sighting; readonly since: number }[] = [];

  /** The fixes that have a ring. */
  get fixes(): readonly Sighting[] {
    return this.rings.map(({ fix }) => fix);
  }

  add(late: readonly Sighting[], now: number): void {
    this.rings = [...this.rings, ...late.map((fix) => ({ fix, since: now }))].slice(-MAX_RINGS);
  }

  /** Draws them as they are at a time in ms; still ones only, if nothing is to move. Whether some are left. */
  draw(
    context: CanvasRenderingContext2D,
    frame: Frame,
    { late }: Inks,
    { now, still }: { readonly now: number; readonly still: boolean },
  ): boolean {
    this.rings = this.rings.filter(({ since }) => now - since < STAYS);
    context.strokeStyle = late;
    context.lineWidth = 1.5;
    for (const { scale, left, top, width, height } of worlds(frame)) {
      for (const { fix, since } of this.rings) {
        const [x, y] = [fix.x * scale - left, fix.y * scale - top];
        if (x < 0 || y < 0 || x > width || y > height) continue;
        const part = still ? 0 : (now - since) / STAYS;
        context.globalAlpha = 0.9 * (1 - part);
        context.beginPath();
        context.arc(x, y, 4 + 7 * part, 0, 2 * Math.PI);
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    return this.rings.length > 0;
  }
}
