import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';
import type { Sighting } from './Sighting.js';

const NOTHING: readonly Sighting[] = [];

/** Fixes that wait for their time by a clock, in its order. Holds those that were given and not yet taken. */
export class Waiting {
  private fixes: Sighting[] = [];
  /** How many of them were taken. */
  private taken = 0;

  constructor(private readonly by: Clock) {}

  /** Adds fixes in order, all of which are later than those that wait. */
  add(fixes: readonly Sighting[]): void {
    this.fixes = this.taken === this.fixes.length ? [...fixes] : [...this.fixes.slice(this.taken), ...fixes];
    this.taken = 0;
  }

  /** Takes those up to a moment. */
  upTo(moment: Instant): readonly Sighting[] {
    const { fixes, taken } = this;
    let end = taken;
    while (end < fixes.length && fixes[end]![this.by] <= moment) end++;
    if (end === taken) return NOTHING;
    this.taken = end;
    return fixes.slice(taken, end);
  }
}
