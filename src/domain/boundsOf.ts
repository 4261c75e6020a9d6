import type { Instant } from './instant.js';
import type { Moment } from './Past.js';

/** What counts: what was taken, and what had arrived, at these moments or before. */
export interface Bounds {
  /** By event time; `Infinity` for whenever. */
  readonly event: Instant;
  /** By arrival time; `Infinity` for whenever. */
  readonly arrival: Instant;
}

/** The bounds that a moment sets, which are infinite where it sets none. */
export function boundsOf({ at = Infinity, by = 'arrival', knownAt = Infinity }: Moment): Bounds {
  return by === 'event' ? { event: at, arrival: knownAt } : { event: Infinity, arrival: Math.min(at, knownAt) };
}
