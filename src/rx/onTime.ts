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
 * An error of the source passes on at once. Holds what is not due yet, and at most as much again; waits with one timer. It is no
 * `concatMap`, which goes one call deeper for each item that is behind: a thousand of them would end the stack.
 */
export const onTime =
  <T extends Due>(scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      let waiting: T[] = [];
      let gone = 0; // of them
      let timer: Subscription | undefined;
      let busy = false;
      let ended = false;
      const emitDue = () => {
        busy = true;
        while (!subscriber.closed && gone < waiting.length && waiting[gone]!.due <= scheduler.now()) subscriber.next(waiting[gone++]!);
        if (gone > waiting.length / 2) {
          waiting = waiting.slice(gone);
          gone = 0;
        }
        busy = false;
        const next = waiting[gone];
        if (next) timer = waitUntil(next.due, undefined, scheduler).subscribe(emitDue);
        else if (ended) subscriber.complete();
      };
      const sourceSubscription = source.subscribe({
        next: (item) => {
          waiting.push(item);
          if (waiting.length - gone === 1 && !busy) emitDue();
        },
        error: (error: unknown) => { subscriber.error(error); },
        complete: () => {
          ended = true;
          if (waiting.length === gone) subscriber.complete();
        },
      });
      return () => {
        sourceSubscription.unsubscribe();
        timer?.unsubscribe();
      };
    });
