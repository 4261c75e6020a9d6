import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { Final } from './Final.js';

/** A fix to be shown; if it answers a question about a moment, with that and its age in µs. */
export interface Shown {
  readonly fix: Fix;
  readonly extra: readonly string[];
  readonly asked?: Instant;
  readonly age?: number;
  /** If a store answers: until when that is final. */
  readonly final?: Final | undefined;
}
