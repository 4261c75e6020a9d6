import { ignoreElements, Observable, Subscription, tap, type OperatorFunction, type SchedulerLike } from 'rxjs';

/** Node.js fires a timer for more ms at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Gathers items into batches, as `bufferTime(every, null, most, scheduler)` does, but for two things: no batch is
 * empty, and nothing is lost that comes while one goes out, which `bufferTime` passes by.
 *
 *     source   -a-b-----c--|
 *     every 5  -----x----y-|       x = [a b], y = [c]
 *
 * The next batch begins as one goes out; the last goes out on completion. Errors pass on at once, and what is gathered
 * is dropped then, as when it is unsubscribed from. Holds at most `most` items; waits with one timer.
 *
 * @param every ms, of which a timer takes 24 days at most
 */
export const gather =
  <T>(every: number, most: number, scheduler: SchedulerLike): OperatorFunction<T, readonly T[]> =>
  (source) =>
    new Observable((subscriber) => {
      let open: T[] = [];
      let timer = Subscription.EMPTY;
      const emit = () => {
        const batch = open;
        open = [];
        if (batch.length > 0) subscriber.next(batch);
      };
      const begin = () => {
        timer.unsubscribe();
        subscriber.add((timer = scheduler.schedule(next, Math.min(every, LONGEST_TIMER))));
      };
      const next = () => {
        begin();
        emit();
      };
      begin();
      const taken = tap<T>({
        next: (item) => {
          open.push(item);
          if (open.length >= most) next();
        },
        complete: emit,
      });
      source.pipe(taken, ignoreElements()).subscribe(subscriber); // which ends it with it, also amid a call
    });
