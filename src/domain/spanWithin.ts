import type { Instant } from './instant.js';

interface Ends {
  readonly from: Instant;
  readonly to: Instant;
}

/** A span that ends before it begins. */
const NO_TIME: Ends = { from: 0, to: -1 };

/** A span whose ends are instants: an infinite one is where the fixes begin or end, if there are any. */
export function spanWithin({ from, to }: Ends, first: Instant | undefined, last: Instant | undefined): Ends {
  const ends = { from: from === -Infinity ? first : from, to: to === Infinity ? last : to };
  return ends.from === undefined || ends.to === undefined ? NO_TIME : { from: ends.from, to: ends.to };
}
