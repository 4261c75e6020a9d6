/** Where something is on the map, in px from its upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How many px at each side of something. */
export type Sides = Readonly<Record<keyof Box, number>>;

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

/** How many px at each side of a map lie under boxes: each of those covers the side where it takes the least. */
export function sidesCovered(boxes: readonly Box[], width: number, height: number): Sides {
  const sides = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const { left, top, right, bottom } of boxes) {
    const taken: Sides = { left: right, top: bottom, right: width - left, bottom: height - top };
    const side = SIDES.reduce((least, each) => (taken[each] < taken[least] ? each : least));
    sides[side] = Math.max(sides[side], taken[side]);
  }
  return sides;
}
