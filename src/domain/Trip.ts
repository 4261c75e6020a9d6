import { distance } from './distance.js';
import type { Fix } from './fix.js';

/** A track up to one of its fixes. */
export interface Trip<T> {
  readonly fixes: number;
  readonly first: T;
  readonly last: T;
  /** Along the great circles from fix to fix. */
  readonly metres: number;
}

/** A trip with its next fix; without a trip, that of the fix alone. */
export function extendTrip<T extends { readonly fix: Fix }>(trip: Trip<T> | undefined, next: T): Trip<T> {
  if (!trip) return { fixes: 1, first: next, last: next, metres: 0 };
  return { fixes: trip.fixes + 1, first: trip.first, last: next, metres: trip.metres + distance(trip.last.fix, next.fix) };
}
