import { checkRate } from './checkRate.js';

/**
 * What a replay is told while it runs: to hold, to go on, to emit one more and hold, to go at another rate (above 0;
 * `Infinity` waits for nothing).
 */
export type Command = { readonly type: 'pause' | 'resume' | 'step' } | { readonly type: 'rate'; readonly rate: number };

/** How a replay goes. */
export interface Pace {
  readonly paused: boolean;
  readonly rate: number;
}

/**
 * When a moment of stream time is due, while commands change that.
 *
 * One point says which moment of the stream goes with which of the clock: `due = at + (moment - from) / rate`. A
 * command takes the schedule to where it stands by then, and makes that the point. So nothing is ever due earlier
 * than by going at those rates for those times, however often it is steered, and between commands nothing drifts.
 *
 * Moments are ms of stream time since the origin, as of a `timetable` at rate 1, and `now` is of the clock in ms.
 */
export class Pacing {
  #paused = false;
  #rate: number;
  #at: number;
  #from = 0;
  /** The latest moment of which something was emitted. */
  #reached = 0;
  /** How many are to be emitted though it holds. */
  #steps = 0;

  /** @throws RangeError if the rate is not above 0 */
  constructor(rate: number, now: number) {
    checkRate(rate);
    this.#rate = rate;
    this.#at = now;
  }

  get pace(): Pace {
    return { paused: this.#paused, rate: this.#rate };
  }

  /** When a moment is due, by what is known now: `Infinity` if it holds, `-Infinity` if it waits for nothing. */
  dueOf(moment: number): number {
    if (this.#paused) return this.#steps > 0 ? -Infinity : Infinity;
    return this.#rate === Infinity ? -Infinity : this.#at + (moment - this.#from) / this.#rate;
  }

  /** Notes that something of a moment is being emitted. @returns when that was due; `undefined` if it never was */
  emitted(moment: number, now: number): number | undefined {
    this.#reached = Math.max(this.#reached, moment);
    if (!this.#paused) return this.#rate === Infinity ? undefined : this.dueOf(moment);
    this.#steps--;
    this.#anchor(this.#reached, now);
    return moment === -Infinity ? moment : now;
  }

  /** @throws RangeError if it is told a rate that is not above 0 */
  steer(command: Command, now: number): void {
    if (command.type === 'rate') checkRate(command.rate);
    this.#anchor(this.#momentAt(now), now);
    if (command.type === 'rate') this.#rate = command.rate;
    else {
      this.#paused = command.type !== 'resume';
      this.#steps = command.type === 'step' ? this.#steps + 1 : 0;
    }
  }

  #momentAt(now: number): number {
    if (this.#paused) return this.#from;
    return this.#rate === Infinity ? Math.max(this.#from, this.#reached) : this.#from + (now - this.#at) * this.#rate;
  }

  #anchor(from: number, now: number): void {
    this.#from = from;
    this.#at = now;
  }
}
