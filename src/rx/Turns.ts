import { setImmediate } from 'node:timers/promises';
import type { SchedulerLike } from 'rxjs';
import { monotonic } from './monotonic.js';

/** How many ms one works before the others have their turn, and how many at first, which is often enough. */
const LONG = 10;
const SHORT = 1;

/** Lets long works that are made of small steps share a thread, so that none holds it. Holds nothing but them. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  readonly #scheduler: SchedulerLike;

  constructor(scheduler: SchedulerLike = monotonic) {
    this.#scheduler = scheduler;
  }

  /** Resolves when whoever asks has its turn: one each time round the event loop, in the order in which they ask. */
  next(): Promise<unknown> {
    return (this.#last = this.#last.then(() => setImmediate()));
  }

  /**
   * Does a work for 1 ms at once, and then for 10 ms whenever it has its turn.
   *
   * @returns what the work does
   * @throws what the work throws, and the reason of the signal when that is aborted
   */
  async finish<T>(work: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
    for (let millis = SHORT; ; millis = LONG) {
      signal?.throwIfAborted();
      for (const end = this.#scheduler.now() + millis; this.#scheduler.now() < end; ) {
        const step = work.next();
        if (step.done) return step.value;
      }
      await this.next();
    }
  }
}
