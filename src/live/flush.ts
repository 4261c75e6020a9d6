import { asyncScheduler, bufferTime, catchError, concat, defer, EMPTY, filter, throwError, type OperatorFunction, type SchedulerLike } from 'rxjs';

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
 *     every 5  -----x-----y(z#)      x = [a b], y = [c]; z = what came since, if anything did
 *
 * Unsubscribing drops the open batch: end it by completing the source. Holds at most `most` items.
 */
export const flush =
  <T>({ every = 1000, most = Infinity, scheduler = asyncScheduler }: FlushOptions = {}): OperatorFunction<T, readonly T[]> =>
  (source) =>
    defer(() => {
      let failure: { readonly error: unknown } | undefined;
      const untilFailure = source.pipe(
        catchError((error: unknown) => {
          failure = { error };
          return EMPTY;
        }),
      );
      return concat(
        untilFailure.pipe(
          bufferTime(every, null, most, scheduler),
          filter((batch) => batch.length > 0),
        ),
        defer(() => (failure ? throwError(() => failure?.error) : EMPTY)),
      );
    });
