import type { Instant } from '../domain/instant.js';
import type { TickLine } from './Line.js';

/** A publisher that has not ticked for so long, by the clock of the stream, is gone. It ticks each second. In µs. */
const GONE = 10e6;

/** A tick as it stands in the stream. */
export interface Ticked extends Pick<TickLine, 'arrival' | 'ends'> {
  /** The process that has sent it: the header `Lastfix-Publisher`. */
  readonly publisher: string;
  /** When the stream got it. */
  readonly stored: Instant;
}

/**
 * Up to when a partition has everything that arrived: the least of what those say who publish into it, each for itself.
 *
 * One that says that it ends is waited for no longer, nor is one of which nothing was heard for 10 s of the stream's time.
 * Who reads from the middle of a stream hears for as long who there is before it promises anything, unless the only one
 * that was heard ends. Holds a time for each.
 */
export class PartitionTicks {
  readonly #last = new Map<string, Ticked>();
  #known: Instant | undefined;
  #ended: Instant = -Infinity;

  /** @param isFromStart whether all publishers are heard from their first message on */
  constructor(isFromStart: boolean) {
    if (isFromStart) this.#known = -Infinity;
  }

  /** Takes a tick; gives up to when all is there, as far as it is known. */
  take(tick: Ticked): Instant | undefined {
    const { publisher, stored, ends } = tick;
    this.#known ??= stored + GONE;
    if (ends) {
      this.#last.delete(publisher);
      this.#ended = Math.max(this.#ended, tick.arrival);
    } else this.#last.set(publisher, tick);
    for (const [name, { stored: heard }] of this.#last) if (stored - heard > GONE) this.#last.delete(name);
    if (ends && this.#last.size === 0) return this.#ended;
    if (stored < this.#known) return undefined;
    let least = Infinity;
    for (const { arrival } of this.#last.values()) least = Math.min(least, arrival);
    return least;
  }
}
