import type { Instant } from '../../domain/instant.js';
import { freshness, type Freshness } from './freshness.js';

/** How many devices have a fix of each age at a moment. */
export type Ages = Readonly<Record<Freshness, number>> & { readonly at: Instant };

/** How many of some event times are of each age at a moment. */
export function ageCounts(events: Iterable<Instant>, at: Instant): Ages {
  const counts = { fresh: 0, ageing: 0, old: 0 };
  for (const event of events) counts[freshness(event, at)]++;
  return { ...counts, at };
}
