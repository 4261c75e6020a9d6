import { Observable, type MonoTypeOperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import { waitUntil } from './waitUntil.js';

/**
 * Emits each item when it is due, never before; at once if it is behind; one after the other, in their order.
 *
 *     source   (abc|)              a due at 1, b at 3, c at 3
 *     result   -a-(bc|)
 *
 * When `again$` emits, it asks anew when they are due: `Infinity` holds them. An error of the source or of `again$`
 * passes on at once; that `again$` completes changes nothing. Holds what is not due yet, and at most as much again;
 * waits with one timer. It is no `concatMap`, which goes one call deeper for each item that is behind: a thousand of
 * them would end the stack.
 *
 * @param dueOf when an item is due, in ms of the scheduler's clock
 */
export const onTime =
  <T>(dueOf: (item: T) => number, again$: Observable<unknown>, scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      let waiting: T[] = [];
      let gone = 0; // of them
      let timer: Subscription | undefined;
      let busy = false;
      let ended = false;
      const emitDue = () => {
        busy = true;
        while (!subscriber.closed && gone < waiting.length && dueOf(waiting[gone]!) <= scheduler.now()) subscriber.next(waiting[gone++]!);
        if (gone > waiting.length / 2) {
          waiting = waiting.slice(gone);
          gone = 0;
        }
        busy = false;
        const due = gone < waiting.length ? dueOf(waiting[gone]!) : Infinity;
        if (due < Infinity) timer = waitUntil(due, undefined, scheduler).subscribe(emitDue);
        else if (ended && gone === waiting.length) subscriber.complete();
      };
      const error = (error: unknown) => { subscriber.error(error); };
      const steering = again$.subscribe({
        next: () => {
          if (busy) return; // it looks again before each
          timer?.unsubscribe();
          emitDue();
        },
        error,
      });
      if (subscriber.closed) return undefined;
      const emitting = source.subscribe({
        next: (item) => {
          waiting.push(item);
          if (waiting.length - gone === 1 && !busy) emitDue();
        },
        error,
        complete: () => {
          ended = true;
          if (waiting.length === gone) subscriber.complete();
        },
      });
      return () => {
        steering.unsubscribe();
        emitting.unsubscribe();
        timer?.unsubscribe();
      };
    });
