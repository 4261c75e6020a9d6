import { setImmediate } from 'node:timers/promises';
import type { SchedulerLike } from 'rxjs';
import { monotonic } from './monotonic.js';

/** How long a work goes on before the others have their turn, and at first, which is often enough. */
const TURN_MILLIS = 10;
const FIRST_TURN_MILLIS = 1;

/** Lets long works that are made of small steps share a thread, so that none holds it. Holds nothing but them. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  readonly #scheduler: SchedulerLike;

  constructor(scheduler: SchedulerLike = monotonic) {
    this.#scheduler = scheduler;
  }

  /** Resolves when the caller has its turn: one each time round the event loop, in the order of the calls. */
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
    for (let millis = FIRST_TURN_MILLIS; ; millis = TURN_MILLIS) {
      signal?.throwIfAborted();
      for (const end = this.#scheduler.now() + millis; this.#scheduler.now() < end; ) {
        const step = work.next();
        if (step.done) return step.value;
      }
      await this.next();
    }
  }
}
