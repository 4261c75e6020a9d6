import {
  asyncScheduler,
  concatMap,
  connect,
  defer,
  endWith,
  filter,
  finalize,
  identity,
  ignoreElements,
  merge,
  takeUntil,
  takeWhile,
  tap,
  throttleTime,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

/** Node.js fires a timer for more ms at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface SyncedOptions {
  /** Sync at most this often, in ms, up to 24 days; 0 for after each, `Infinity` for never. Default: 1000. */
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
 * One sync at a time: what comes during one has the next together. Completes when those that were begun or wait have;
 * what is not synced then is left to who ends the sink. Errors of the source and of `sync` pass on at once. Holds one
 * emission.
 */
export const synced = <T>(
  sync: () => Promise<unknown>,
  { every = 1000, scheduler = asyncScheduler }: SyncedOptions = {},
): MonoTypeOperatorFunction<T> => {
  if (every === Infinity) return identity;
  return (source) =>
    defer(() => {
      let [waits, ended] = [false, false];
      const whileHeard = takeWhile<T>(() => !ended); // `connect` lets go of its source only when that has returned
      const syncing = connect((emission$: Observable<T>) => {
        const ended$ = emission$.pipe(ignoreElements(), endWith(undefined));
        const toSync$ = emission$.pipe(
          throttleTime(Math.min(every, MAX_TIMER_MS), scheduler, { leading: true, trailing: true }),
          takeUntil(ended$),
        );
        const syncing$ = toSync$.pipe(
          filter(() => !waits), // or else the one that waits will do
          tap(() => (waits = true)),
          concatMap(() => {
            waits = false;
            return sync();
          }),
          ignoreElements(),
        );
        return merge(emission$, syncing$).pipe(finalize(() => (ended = true)));
      });
      return source.pipe(whileHeard, syncing);
    });
};
