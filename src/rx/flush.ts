import { asyncScheduler, bufferTime, concat, defer, filter, map, of, tap, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { errorLast } from './errorLast.js';

/** Node.js fires a timer for more ms at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface FlushOptions<T> {
  /** Flush at least this often, in ms, and once in 24 days. Default: 1000. */
  readonly every?: number;
  /** Flush earlier when the items that wait are so many. Default: no limit. */
  readonly max?: number;
  /** For how many an item counts. Default: 1. */
  readonly sizeOf?: (item: T) => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Gathers items into batches that are never empty, as often as `bufferTime` says; the last goes out on completion, and
 * also before an error.
 *
 *     source   -a-b-----c--#
 *     every 5  -----x----y-#       x = [a b], y = [c]
 *
 * `bufferTime` says when, and what has come until then is kept here: it would lose what comes while a batch goes out. It
 * is told of the items with which there are enough, and so ends its time at once with the first of them.
 *
 * Unsubscribing drops the open batch: end it by completing the source. Holds items that count for less than `max`,
 * and one more.
 */
export const flush = <T>({
  every = 1000,
  max = Infinity,
  sizeOf = () => 1,
  scheduler = asyncScheduler,
}: FlushOptions<T> = {}): OperatorFunction<T, readonly T[]> =>
  errorLast((source) =>
    defer(() => {
      let open: T[] = [];
      let size = 0;
      const take = () => {
        const batch = open;
        open = [];
        size = 0;
        return batch;
      };
      const enough$ = source.pipe(
        tap((item) => {
          open.push(item);
          size += sizeOf(item);
        }),
        filter(() => size >= max),
      );
      return concat(enough$.pipe(bufferTime(Math.min(every, MAX_TIMER_MS), null, 1, scheduler)), of('the rest')).pipe(
        map(take),
        filter((batch) => batch.length > 0),
      );
    }),
  );
