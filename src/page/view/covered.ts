import type { Sides } from '../map/Sides.js';

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

/** How many px at each side of an element others cover: each of those covers the side where it takes the least. */
export function covered(element: Element, over: readonly Element[]): Sides {
  const box = element.getBoundingClientRect();
  const sides = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const other of over) {
    const { left, top, right, bottom, width } = other.getBoundingClientRect();
    if (width === 0) continue; // it is not shown
    const taken: Sides = { left: right - box.left, top: bottom - box.top, right: box.right - left, bottom: box.bottom - top };
    const side = SIDES.reduce((least, each) => (taken[each] < taken[least] ? each : least));
    sides[side] = Math.max(sides[side], taken[side]);
  }
  return sides;
}
