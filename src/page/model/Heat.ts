import type { ServedLate } from '../api/served.js';

/** How many late fixes there are in each cell of a grid: `side` of them are as wide as the Mercator square. */
export interface Heat {
  readonly side: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

export function heatOf({ side, x, y, counts }: ServedLate): Heat {
  return { side, x, y, counts, sum: counts.reduce((sum, count) => sum + count, 0) };
}
