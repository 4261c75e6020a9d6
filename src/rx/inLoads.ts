import { Observable } from 'rxjs';
import { Loads, type LoadsOptions } from './Loads.js';

export type InLoadsOptions<T> = Pick<LoadsOptions<T, unknown>, 'max' | 'sizeOf'>;

/**
 * Carries items away in loads, one under way at a time and all in order: what comes meanwhile is the next load, up to
 * `max`.
 *
 *     source   (ab)-c-d-----|
 *     carry    AAAAAA                A = [a b]
 *                    BBBBBB          B = [c d]
 *     result   ------A-----(B|)
 *
 * What is emitted together is carried together. An error of `carry` passes on at once, one of the source when what came
 * before it was carried. Unsubscribing aborts the signal that `carry` gets. Holds what waits.
 */
export const inLoads =
  <T, R>(carry: (load: readonly T[], signal: AbortSignal) => Promise<R>, options: InLoadsOptions<T> = {}) =>
  (source: Observable<T>): Observable<R> =>
    new Observable((subscriber) => {
      const loads = new Loads(carry, {
        ...options,
        carried: (result) => { subscriber.next(result); },
        failed: (error) => { subscriber.error(error); },
      });
      subscriber.add(() => { loads.abort(); });
      subscriber.add(
        source.subscribe({
          next: (item) => { loads.add(item); },
          error: (error: unknown) => { loads.end(() => { subscriber.error(error); }); },
          complete: () => { loads.end(() => { subscriber.complete(); }); },
        }),
      );
    });
