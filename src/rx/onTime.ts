import { ignoreElements, merge, NEVER, Observable, Subscription, tap, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';

/** No timer is set for more ms, which also is far below the 2^31 at which Node.js fires it at once. */
const LONGEST_TIMER = 1000;

/**
 * Emits each item when it is due, never before; at once if it is behind; one after the other, in their order.
 *
 *     source   (abc|)              a due at 1, b at 3, c at 3
 *     result   -a-(bc|)
 *
 * When `again$` emits, it asks anew when they are due: `Infinity` holds them. An error of the source or of `again$`
 * passes on at once, as does what `dueOf` throws; that `again$` completes changes nothing. Holds what is not due
 * yet, and at most as much again; waits with one timer. Timers wake up early by up to 2 ms, and stand still while the
 * machine sleeps: so it looks at the clock again, once a second at least.
 *
 * Its subscriber may end it within any emission, and emissions may lead to more items or to `again$`: one loop emits
 * all that is due, where a `concatMap` would go one call deeper for each.
 *
 * @param dueOf when an item is due, in ms of the scheduler's clock
 */
export const onTime =
  <T>(dueOf: (item: T) => number, again$: Observable<unknown>, scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      let waiting: T[] = [];
      let gone = 0; // of them
      let timer = Subscription.EMPTY;
      let busy = false;
      let ended = false;
      const emitNext = () => {
        subscriber.next(waiting[gone++]!);
        if (gone <= waiting.length / 2) return;
        waiting = waiting.slice(gone);
        gone = 0;
      };
      const emitDue = () => {
        while (!subscriber.closed && gone < waiting.length) {
          const left = dueOf(waiting[gone]!) - scheduler.now();
          if (left > 0) {
            if (left < Infinity) subscriber.add((timer = scheduler.schedule(look, Math.min(Math.ceil(left), LONGEST_TIMER))));
            return;
          }
          emitNext();
        }
        if (ended) subscriber.complete();
      };
      const look = () => {
        if (busy) return; // it looks again before each
        timer.unsubscribe();
        busy = true;
        try {
          emitDue();
        } catch (error) {
          subscriber.error(error);
        }
        busy = false;
      };
      const taken$ = source.pipe(
        tap({
          next: (item) => {
            waiting.push(item);
            if (waiting.length - gone === 1) look();
          },
          complete: () => {
            ended = true;
            if (gone === waiting.length) look();
          },
        }),
      );
      merge(again$.pipe(tap(look)), taken$, NEVER).pipe(ignoreElements()).subscribe(subscriber); // which ends them with it, also amid a call
    });
