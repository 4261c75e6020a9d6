import type { Frame } from './Frame.js';

/** Whether a place of the Mercator square is in sight, or no further away than some pixels. */
export function isInSight(
  { x, y }: { readonly x: number; readonly y: number },
  { scale, left, top, width, height }: Frame,
  further = 0,
): boolean {
  const across = x * scale - left;
  const down = y * scale - top;
  return across >= -further && down >= -further && across <= width + further && down <= height + further;
}
