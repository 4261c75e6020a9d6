import type { Instant } from '../domain/instant.js';

/** By how much the wall clock may seem to be behind, in µs, since it is read in whole ms. */
const GRAIN = 2000;
/** By what share of the time arrivals go slower while they are ahead of the wall clock. */
const SLOWER = 0.1;

export interface ArrivalClockOptions {
  /** The wall clock, in ms since 1970. */
  readonly wall: () => number;
  /** A clock that does not go back, in ms. */
  readonly steady: () => number;
}

/**
 * Says when something arrives: by the wall clock, to the microsecond, and each time later than the time before.
 *
 * It runs by the steady clock. Where the wall clock is ahead of it, it follows at once; where that was put back, it goes
 * on from where it was, a tenth slower, until the two agree.
 */
export class ArrivalClock {
  readonly #wall: () => number;
  readonly #steady: () => number;
  #offset: number;
  #read: number;
  #last = -Infinity;

  constructor({ wall, steady }: ArrivalClockOptions) {
    this.#wall = wall;
    this.#steady = steady;
    this.#read = steady() * 1000;
    this.#offset = wall() * 1000 - this.#read;
  }

  /** An arrival that is later than all before; of so many that arrive together, a microsecond apart, the first. */
  next(count = 1): Instant {
    const first = Math.max(this.#last + 1, this.#now());
    this.#last = first + Math.max(1, count) - 1;
    return first;
  }

  /** By how much arrivals are ahead of the wall clock, in ms: 0, unless that was put back. */
  get ahead(): number {
    const ahead = this.#now() / 1000 - this.#wall();
    return ahead * 1000 > GRAIN ? ahead : 0;
  }

  #now(): number {
    const steady = this.#steady() * 1000;
    const wall = this.#wall() * 1000;
    const ahead = steady + this.#offset - wall;
    if (ahead < 0) this.#offset -= ahead;
    else if (ahead > GRAIN) this.#offset -= Math.min(ahead - GRAIN, (steady - this.#read) * SLOWER);
    this.#read = steady;
    return Math.floor(steady + this.#offset);
  }
}
