import {
  BehaviorSubject,
  defer,
  filter,
  finalize,
  from,
  mergeMap,
  take,
  throttle,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';

/**
 * Works on one value at a time, and next on the newest that came meanwhile: what a `switchMap` that is asked faster
 * than it is answered would never finish.
 *
 *     source   abc------|
 *     result   ---A--C--|       each takes three frames; when a is through, c is the newest
 *
 * Holds the newest value that waits.
 */
export const oneAtATime = <T, R>(project: (value: T) => ObservableInput<R>): OperatorFunction<T, R> => (source) =>
  defer(() => {
    const busy$ = new BehaviorSubject(false); // a project may be over before it can be waited for
    const idle$ = busy$.pipe(filter((busy) => !busy), take(1));
    return source.pipe(
      throttle(() => idle$, { leading: true, trailing: true }),
      mergeMap((value) => {
        busy$.next(true);
        return from(project(value)).pipe(finalize(() => { busy$.next(false); }));
      }),
    );
  });
