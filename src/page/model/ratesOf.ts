import type { Overview } from './Overview.js';
import type { Span } from './spanOf.js';

/** Rates at the middles of some bins, in s since 1970 and fixes a second. */
export interface Rates {
  readonly at: number[];
  readonly changes: number[];
  readonly late: number[];
}

/** How many changes and late fixes there are each second, in each bin that has begun; those at the ends as far as they go. */
export function ratesOf(overview: Overview, { first, newest }: Span): Rates {
  const rates: Rates = { at: [], changes: [], late: [] };
  for (const [bin, { changes, late }] of overview.bins.entries()) {
    const [from, to] = [Math.max(first, overview.start(bin)), Math.min(newest, overview.start(bin + 1))];
    if (from > newest || to < first) continue;
    const seconds = Math.max(1, (to - from) / 1e6);
    rates.at.push((from + to) / 2e6);
    rates.changes.push(changes / seconds);
    rates.late.push(late / seconds);
  }
  return rates;
}
