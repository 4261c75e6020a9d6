import { asyncScheduler, bufferTime, filter, pipe, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { errorLast } from '../rx/errorLast.js';

export interface FlushOptions {
  /** Flush at least this often, in ms. Default: 1000. */
  readonly every?: number;
  /** Flush earlier when this many items wait. Default: no limit. */
  readonly most?: number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Gathers items with `bufferTime` into batches that are never empty; the last goes out on completion, and
 * also before an error.
 *
 *     source   -a-b-----c--#
 *     every 5  -----x----y-#       x = [a b], y = [c]
 *
 * Unsubscribing drops the open batch: end it by completing the source. Holds at most `most` items.
 */
export const flush = <T>({
  every = 1000,
  most = Infinity,
  scheduler = asyncScheduler,
}: FlushOptions = {}): OperatorFunction<T, readonly T[]> =>
  errorLast(
    pipe(
      bufferTime<T>(every, null, most, scheduler),
      filter((batch) => batch.length > 0),
    ),
  );
