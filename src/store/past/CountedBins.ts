import type { Bins } from '../../domain/binsOf.js';
import type { Clock } from '../../domain/Clock.js';
import type { Histogram } from '../../domain/Histogram.js';
import type { Instant } from '../../domain/instant.js';
import { VERDICTS } from '../../domain/latest.js';
import { formatStoreCursor, type StoreCursor } from './StoreCursor.js';

/** How many fixes of each verdict there are, by the places in `VERDICTS`. */
export type VerdictCounts = readonly number[];

/** The fixes in the bins of one step, as of a commit. */
export interface CountedBins {
  readonly by: Clock;
  /** How long a bin is, in µs. */
  readonly step: number;
  /** Which times are counted: multiples of the step, or up to `Infinity`; the end is not included. */
  readonly from: Instant;
  readonly to: Instant;
  /** The last commit that is counted. */
  readonly place: StoreCursor;
  /** Another one, once fixes were deleted. */
  readonly generation: string;
  /** Of the bins that have any, by their numbers: bin `n` begins at `n * step`. */
  readonly counts: ReadonlyMap<number, VerdictCounts>;
}

/** The counts of some of the bins as a histogram. */
export function histogramOf({ by, place, counts }: CountedBins, { from, step, count }: Bins): Histogram {
  const first = from / step;
  const [changes, late, duplicates, conflicts] = VERDICTS.map((_, kind) =>
    Array.from({ length: count }, (_, bin) => counts.get(first + bin)?.[kind] ?? 0),
  ) as [number[], number[], number[], number[]];
  return { by, from, step, changes, late, duplicates, conflicts, cursor: formatStoreCursor({ ...place, row: undefined }) };
}
