import { eastward } from '../model/eastward.js';
import type { Frame } from './Frame.js';

type Place = Readonly<Record<'x' | 'y', number>>;

/** What a path and a canvas have in common. */
export interface Drawn {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Adds the line between two fixes to a path, the shorter way around: one over the date line stands at both edges of the world. */
export function addLine(path: Drawn, { scale, left, top }: Frame, from: Place, to: Place): void {
  const east = eastward(from, to);
  const other = to.x - east; // where the line begins that ends at `to`: at `from`, or a world away from it
  for (const x of Math.abs(other - from.x) > 0.5 ? [from.x, other] : [from.x]) {
    path.moveTo(x * scale - left, from.y * scale - top);
    path.lineTo((x + east) * scale - left, to.y * scale - top);
  }
}
