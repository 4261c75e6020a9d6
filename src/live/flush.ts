import { asyncScheduler, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { errorLast } from '../rx/errorLast.js';
import { gather } from '../rx/gather.js';

export interface FlushOptions {
  /** Flush at least this often, in ms, and once in 24 days. Default: 1000. */
  readonly every?: number;
  /** Flush earlier when this many items wait. Default: no limit. */
  readonly most?: number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Gathers items as `bufferTime` does, but into batches that are never empty, and without losing what comes while
 * one goes out; the last goes out on completion, and also before an error.
 *
 *     source   -a-b-----c--#
 *     every 5  -----x----y-#       x = [a b], y = [c]
 *
 * Unsubscribing drops the open batch: end it by completing the source. Holds at most `most` items.
 */
export const flush = <T>({ every = 1000, most = Infinity, scheduler = asyncScheduler }: FlushOptions = {}): OperatorFunction<T, readonly T[]> =>
  errorLast(gather(every, most, scheduler));
