import { defer, finalize, mergeMap, Subject, throttle, type ObservableInput, from, type OperatorFunction } from 'rxjs';

/**
 * Works on one value at a time, and next on the newest that came meanwhile: what a `switchMap` that is asked faster
 * than it is answered would never finish.
 *
 *     source   abcd----|
 *     result   ---A--D-|   each takes three frames; b and c are left out
 *
 * Holds the newest value that waits.
 */
export const oneAtATime = <T, R>(project: (value: T) => ObservableInput<R>): OperatorFunction<T, R> => (source) =>
  defer(() => {
    const done$ = new Subject<void>();
    return source.pipe(
      throttle(() => done$, { leading: true, trailing: true }),
      mergeMap((value) => from(project(value)).pipe(finalize(() => { done$.next(); }))),
    );
  });
