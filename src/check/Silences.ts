import type { Instant } from '../domain/instant.js';

/** Nothing arrived between these two arrival times. */
export interface Silence {
  readonly from: Instant;
  readonly to: Instant;
}

const MAX_LISTED = 5;

/** The five longest silences of a stream, the longest first; of equal ones, the earlier. */
export class Silences {
  readonly longest: Silence[] = [];
  #before: Instant | undefined;

  /** Takes in the next arrival; one that is out of order neither ends nor begins a silence. */
  add(arrival: Instant): void {
    const from = this.#before ?? arrival;
    this.#before = Math.max(from, arrival);
    if (arrival - from <= this.#shortest) return;
    const place = this.longest.findIndex((other) => other.to - other.from < arrival - from);
    this.longest.splice(place < 0 ? this.longest.length : place, 0, { from, to: arrival });
    this.longest.length = Math.min(MAX_LISTED, this.longest.length);
  }

  /** A silence must be longer than this to be one of them. */
  get #shortest(): number {
    const last = this.longest[MAX_LISTED - 1];
    return last ? last.to - last.from : 0;
  }
}
