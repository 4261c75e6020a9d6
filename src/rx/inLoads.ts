import { Observable } from 'rxjs';

export interface InLoadsOptions<T> {
  /** A load counts for no more, unless one item does. Default: no limit. */
  readonly max?: number;
  /** For how much an item counts. Default: 1. */
  readonly sizeOf?: (item: T) => number;
}

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
  <T, R>(carry: (load: readonly T[], signal: AbortSignal) => Promise<R>, { max = Infinity, sizeOf = () => 1 }: InLoadsOptions<T> = {}) =>
  (source: Observable<T>): Observable<R> =>
    new Observable((subscriber) => {
      const controller = new AbortController();
      let waiting: T[] = [];
      let busy = false;
      let end: (() => void) | undefined;
      const take = (): T[] => {
        let [count, size] = [0, 0];
        while (count < waiting.length && (count === 0 || size + sizeOf(waiting[count]!) <= max)) size += sizeOf(waiting[count++]!);
        const load = waiting.slice(0, count);
        waiting = waiting.slice(count);
        return load;
      };
      const carryAll = async () => {
        busy = true;
        await Promise.resolve(); // what is emitted together comes first
        while (waiting.length > 0 && !subscriber.closed) subscriber.next(await carry(take(), controller.signal));
        busy = false;
        end?.();
      };
      const look = () => {
        if (!busy) carryAll().catch((error: unknown) => { subscriber.error(error); });
      };
      subscriber.add(() => { controller.abort(); });
      subscriber.add(
        source.subscribe({
          next: (item) => {
            waiting.push(item);
            look();
          },
          error: (error: unknown) => {
            end = () => { subscriber.error(error); };
            look();
          },
          complete: () => {
            end = () => { subscriber.complete(); };
            look();
          },
        }),
      );
    });
