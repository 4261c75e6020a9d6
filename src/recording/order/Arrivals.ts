import type { Instant } from '../../domain/instant.js';
import type { FixRecords } from '../FixRecords.js';

/** What the arrival times of a recording are, in the order in which it is read. */
export class Arrivals {
  first: Instant = Infinity;
  last: Instant = -Infinity;
  /** How many fixes there are. */
  fixes = 0;
  /** How many of them arrived before the one above them. */
  outOfOrder = 0;
  #before: Instant = -Infinity;

  /** Takes in the rows of records from one on. */
  follow({ arrival, rows }: FixRecords, from: number): void {
    for (let row = from; row < rows; row++) {
      const time = arrival[row]!;
      if (time < this.#before) this.outOfOrder++;
      if (time < this.first) this.first = time;
      if (time > this.last) this.last = time;
      this.#before = time;
    }
    this.fixes += rows - from;
  }

  /** The first and the last arrival time; `undefined` if there is none. */
  get span(): { readonly first: Instant; readonly last: Instant } | undefined {
    return this.fixes > 0 ? { first: this.first, last: this.last } : undefined;
  }
}
