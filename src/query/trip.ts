import { defer, scan, type OperatorFunction } from 'rxjs';
import { distance } from '../domain/distance.js';
import type { Fix } from '../domain/fix.js';

/** A track up to one of its fixes. */
export interface Trip<T> {
  readonly fixes: number;
  readonly first: T;
  readonly last: T;
  /** Along the great circles from fix to fix. */
  readonly metres: number;
}

/**
 * How far a device has come with each fix of its track.
 *
 *     source   a      b       c         where b is 1 km from a, and c 2 km from b
 *     result   0 km   1 km    3 km
 *
 * Errors pass on. Holds the first and the last.
 */
export const trip = <T extends { readonly fix: Fix }>(): OperatorFunction<T, Trip<T>> => (source) =>
  defer(() => source.pipe(scan<T, Trip<T>, Trip<T> | undefined>(further, undefined)));

function further<T extends { readonly fix: Fix }>(trip: Trip<T> | undefined, next: T): Trip<T> {
  if (!trip) return { fixes: 1, first: next, last: next, metres: 0 };
  return { fixes: trip.fixes + 1, first: trip.first, last: next, metres: trip.metres + distance(trip.last.fix, next.fix) };
}
