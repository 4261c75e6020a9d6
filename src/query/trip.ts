import { scan, type OperatorFunction } from 'rxjs';
import type { Fix } from '../domain/fix.js';
import { extendTrip, type Trip } from '../domain/Trip.js';

/**
 * How far a device has come with each fix of its track.
 *
 *     source   a      b       c         where b is 1 km from a, and c 2 km from b
 *     result   0 km   1 km    3 km
 *
 * Errors pass on. Holds the first and the last.
 */
export const trip = <T extends { readonly fix: Fix }>(): OperatorFunction<T, Trip<T>> =>
  scan<T, Trip<T>, Trip<T> | undefined>(extendTrip, undefined);
