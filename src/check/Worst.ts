import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

/** The fix that was worst in some way, by so many µs. */
export interface Worst {
  readonly fix: Fix;
  readonly by: number;
  /** The event time that was held, if one was; else `-Infinity`. */
  readonly held: Instant;
}
