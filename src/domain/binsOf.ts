import type { Instant } from './instant.js';

/** Bins of equal length, one behind the other. */
export interface Bins {
  /** Where the first begins: a multiple of `step`. */
  readonly from: Instant;
  /** How long each is, in µs. */
  readonly step: number;
  readonly count: number;
}

const SECOND = 1e6;
const DAY = 86_400;
/** In seconds. Each is a whole number of the units that an index counts by, and of those that a clock shows. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200];
/** In days, and then the same in tens, hundreds, and so on. */
const DAYS = [1, 2, 5];

/**
 * The bins that cover a span, at most `max` of them, with the shortest step of a list, from one second on. They begin at multiples
 * of the step, so that the bins of two spans that have the same step are the same where both have some.
 *
 * @param span its ends included; it has no bins if it ends before it begins
 * @param max 2 or more, since a span may begin before 1970 and end after it
 * @throws RangeError for fewer
 */
export function binsOf({ from, to }: { readonly from: Instant; readonly to: Instant }, max: number): Bins {
  if (!(max >= 2)) throw new RangeError(`${max} is not a valid number of bins: give 2 or more`);
  if (to < from) return { from: Math.floor(from / SECOND) * SECOND, step: SECOND, count: 0 };
  for (let i = 0; ; i++) {
    const step = stepAt(i) * SECOND;
    const first = Math.floor(from / step);
    const count = Math.floor(to / step) - first + 1;
    if (count <= max) return { from: first * step, step, count };
  }
}

/** A step of the list, in seconds. */
function stepAt(i: number): number {
  const day = i - STEPS.length;
  return STEPS[i] ?? DAY * DAYS[day % DAYS.length]! * 10 ** Math.floor(day / DAYS.length);
}
