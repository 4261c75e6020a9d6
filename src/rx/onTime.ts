import { ignoreElements, merge, NEVER, Observable, Subscription, tap, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';

/** No timer is set for more ms, which also is far below the 2^31 at which Node.js fires it at once. */
const MAX_TIMER_MS = 1000;

/** Something of one row or several: those from `first` up to `end`. */
export interface Rows<T> {
  readonly first: number;
  readonly end: number;
  /** Some of its rows. */
  part(first: number, end: number): T;
  /** The same, as something that can be held. */
  kept(): T;
}

/** When rows are due. */
export interface Due<T> {
  /** When a row is due, in ms of the scheduler's clock: `Infinity` holds it. */
  readonly dueOf: (item: T, row: number) => number;
  /** Called before each row that is due is emitted, with the current time. Default: nothing is called. */
  readonly onDue?: (item: T, row: number, now: number) => void;
}

/**
 * Emits the rows of items when they are due, never before; at once if they are behind; one after the other, in their
 * order, those of an item that are due together as one.
 *
 *     source   ([abc]|)            a due at 1, b at 3, c at 3
 *     result   -[a]-([bc]|)
 *
 * When `again$` emits, it asks anew when they are due. An error of the source or of `again$` passes on at once, as does
 * what `dueOf` throws; that `again$` completes changes nothing. Holds what is not due yet, and at most as much again;
 * waits with one timer. Timers wake up early by up to 2 ms, and stand still while the machine sleeps: so it looks at
 * the clock again, once a second at least.
 *
 * Its subscriber may end it within any emission, and emissions may lead to more items or to `again$`: one loop emits
 * all that is due, where a `concatMap` would go one call deeper for each.
 */
export const onTime =
  <T extends Rows<T>>(
    { dueOf, onDue = () => undefined }: Due<T>,
    again$: Observable<unknown>,
    scheduler: SchedulerLike,
  ): MonoTypeOperatorFunction<T> =>
  (source) =>
    new Observable((subscriber) => {
      let waiting: T[] = [];
      let gone = 0; // of them
      let row = 0; // the next of the first that waits
      let timer = Subscription.EMPTY;
      let busy = false;
      let ended = false;
      const leaveBehind = () => {
        if (++gone > waiting.length / 2) {
          waiting = waiting.slice(gone);
          gone = 0;
        }
        row = waiting[gone]?.first ?? 0;
      };
      /** Emits the rows that are due now of the first that waits; says in how many ms the next is, if none was. */
      const emitNext = (item: T): number => {
        const now = scheduler.now();
        const first = row;
        let left = 0;
        for (; row < item.end; row++) {
          left = dueOf(item, row) - now;
          if (left > 0) break;
          onDue(item, row, now);
        }
        const end = row;
        if (end === item.end) leaveBehind();
        if (end === first) return Math.max(0, left);
        subscriber.next(item.part(first, end));
        return 0;
      };
      const emitDue = () => {
        while (!subscriber.closed && gone < waiting.length) {
          const left = emitNext(waiting[gone]!);
          if (left === 0) continue;
          if (left < Infinity) subscriber.add((timer = scheduler.schedule(look, Math.min(Math.ceil(left), MAX_TIMER_MS))));
          return;
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
      const take = (item: T) => {
        const waits = busy || gone < waiting.length;
        waiting.push(waits ? item.kept() : item);
        if (gone + 1 === waiting.length) row = waiting[gone]!.first;
        if (waits) return;
        look();
        if (waiting[gone] !== item || subscriber.closed) return;
        waiting[gone] = item.part(row, item.end).kept();
        row = waiting[gone]!.first;
      };
      const taken$ = source.pipe(
        tap({
          next: take,
          complete: () => {
            ended = true;
            if (gone === waiting.length) look();
          },
        }),
      );
      merge(again$.pipe(tap(look)), taken$, NEVER)
        .pipe(ignoreElements())
        .subscribe(subscriber); // which ends them with it, also amid a call
    });
