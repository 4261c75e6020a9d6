import { concatAll, type Observable } from 'rxjs';
import { fromAsync } from './fromAsync.js';

/**
 * An Observable of the items of `batches`, each batch emitted in one go, and the next one asked for only
 * when `ready()` has resolved.
 *
 *     batches  [a b]    [c]    |
 *     ready         ····    ··
 *     result   (ab)     c      |
 *
 * Errors and unsubscribing as of `fromAsync`. Holds one batch.
 */
export const fromBatches = <T>(batches: AsyncIterable<readonly T[]>, ready?: () => Promise<unknown> | undefined): Observable<T> =>
  fromAsync(batches, ready).pipe(concatAll());
