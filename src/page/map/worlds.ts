import type { Frame } from './Frame.js';

/**
 * The frame of each copy of the world that is in sight, or no further away than some pixels: what stands on the map
 * stands in all of them.
 */
export function worlds(frame: Frame, extra = 0): readonly Frame[] {
  const { scale, left, width } = frame;
  const first = Math.floor((left - extra) / scale);
  const many = Math.floor((left + width + extra) / scale) - first + 1;
  return Array.from({ length: many }, (_, i) => ({ ...frame, left: left - (first + i) * scale }));
}
