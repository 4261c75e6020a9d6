import { Observable, type MonoTypeOperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import { waitUntil } from './waitUntil.js';

/** Anything with a time, in ms of the scheduler's clock, before which it must not be seen. */
export interface Due {
  readonly due: number;
}

/**
 * Emits each item when it is due, never before; at once if it is behind; one after the other, in their order.
 *
 *     source   (abc|)              a due at 1, b at 3, c at 3
 *     result   -a-(bc|)
 *
 * An error of the source passes on at once. Holds what is not due yet, and waits with one timer. It is no
 * `concatMap`, which goes one call deeper for each item that is behind: a thousand of them would end the stack.
 */
export const onTime =
  <T extends Due>(scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      const waiting: T[] = [];
      let timer: Subscription | undefined;
      let busy = false;
      let ended = false;
      const emitDue = () => {
        busy = true;
        let emitted = 0;
        while (!subscriber.closed && emitted < waiting.length && waiting[emitted]!.due <= scheduler.now()) subscriber.next(waiting[emitted++]!);
        waiting.splice(0, emitted);
        busy = false;
        const [next] = waiting;
        if (next) timer = waitUntil(next.due, undefined, scheduler).subscribe(emitDue);
        else if (ended) subscriber.complete();
      };
      const sourceSubscription = source.subscribe({
        next: (item) => {
          waiting.push(item);
          if (waiting.length === 1 && !busy) emitDue();
        },
        error: (error: unknown) => { subscriber.error(error); },
        complete: () => {
          ended = true;
          if (waiting.length === 0) subscriber.complete();
        },
      });
      return () => {
        sourceSubscription.unsubscribe();
        timer?.unsubscribe();
      };
    });
