import type { Cursor } from './Appended.js';
import type { Clock } from './Clock.js';
import type { Instant } from './instant.js';

/** The stretch of time that a histogram is to cover, by one of the clocks, its ends included. */
export interface HistogramSpan {
  readonly by: Clock;
  /** `-Infinity` for the first fix by this clock. */
  readonly from: Instant;
  /** `Infinity` for the last fix by this clock. */
  readonly to: Instant;
}

/** How many fixes of each kind there are in each of some bins. */
export interface Counts {
  readonly changes: readonly number[];
  readonly late: readonly number[];
  readonly duplicates: readonly number[];
  readonly conflicts: readonly number[];
}

/**
 * How many fixes there are in each bin of a span: in bin `i`, those from `from + i * step` on, up to the one after, which is not
 * included. Whole bins are counted, though the first may begin before the span and the last end after it.
 */
export interface Histogram extends Counts {
  readonly by: Clock;
  /** Where the first bin begins: a multiple of `step`. */
  readonly from: Instant;
  /** How long a bin is, in µs: whole seconds. */
  readonly step: number;
  /** What comes after it is not counted, and all that comes before is. */
  readonly cursor: Cursor;
}
