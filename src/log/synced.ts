import { asyncScheduler, concatMap, connect, defer, endWith, finalize, identity, ignoreElements, merge, takeUntil, takeWhile, throttleTime, type MonoTypeOperatorFunction, type Observable, type SchedulerLike } from 'rxjs';

export interface SyncedOptions {
  /** Sync at most this often, in ms; 0 for after each, `Infinity` for never. Default: 1000. */
  readonly every?: number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Has what each emission stands for synced: at once if nothing was within the last `every` ms, and otherwise
 * as soon as they are over, together with what came in between.
 *
 *     source    a--b-c---------d-|
 *     every 5
 *     sync      s----s---------s
 *     result    a--b-c---------d-|
 *
 * Completes when a sync under way has; what is not synced then is left to who ends the sink. Errors of the
 * source and of `sync` pass on at once. Holds nothing.
 */
export const synced = <T>(
  sync: () => Promise<unknown>,
  { every = 1000, scheduler = asyncScheduler }: SyncedOptions = {},
): MonoTypeOperatorFunction<T> => {
  if (every === Infinity) return identity;
  return (source) =>
    defer(() => {
      let ended = false; // an endless source, too, which `connect` lets go of only when it has returned
      const whileHeard = takeWhile<T>(() => !ended);
      const syncing = connect((emission$: Observable<T>) => {
        const ended$ = emission$.pipe(ignoreElements(), endWith(undefined));
        const toSync$ = emission$.pipe(throttleTime(every, scheduler, { leading: true, trailing: true }), takeUntil(ended$));
        const syncing$ = toSync$.pipe(concatMap(sync), ignoreElements());
        return merge(emission$, syncing$).pipe(finalize(() => (ended = true)));
      });
      return source.pipe(whileHeard, syncing);
    });
};
