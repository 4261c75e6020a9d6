import type { Overview } from './Overview.js';
import type { Span } from './spanOf.js';

/** Rates at the middles of some bins, in s since 1970 and fixes a second. */
export interface Rates {
  readonly at: number[];
  readonly changes: number[];
  readonly late: number[];
}

/** The part of a bin that has to be there at the end of a recording, as less says little of a rate. */
const ENOUGH = 1 / 2;

/**
 * How many changes and late fixes there are each second, in each bin: those at the ends of the recording as far as they go. A
 * bin that is not over yet has none, since it would look as if nothing came.
 */
export function ratesOf(overview: Overview, { first, last, newest }: Span): Rates {
  const rates: Rates = { at: [], changes: [], late: [] };
  const known = Math.min(newest, overview.known);
  for (const [bin, { changes, late }] of overview.bins.entries()) {
    const [from, to] = [Math.max(first, overview.start(bin)), Math.min(known, overview.start(bin + 1))];
    if (from > known || to < first) continue;
    const isOver = to === overview.start(bin + 1) || known >= last;
    if (!isOver || (bin > 0 && to - from < ENOUGH * overview.step)) continue;
    const seconds = Math.max(1, (to - from) / 1e6);
    rates.at.push((from + to) / 2e6);
    rates.changes.push(changes / seconds);
    rates.late.push(late / seconds);
  }
  return rates;
}
