import type { Fix } from './fix.js';
import type { Instant } from './instant.js';

/** A place in what grows, as opaque text: all that comes after it can be asked for. It is also the id of an event. */
export type Cursor = string;

/** A fix, and the names of the extra columns. */
export interface NamedFix {
  readonly fix: Fix;
  readonly extra: readonly string[];
}

/** A fix that was no change. */
export interface LateFix extends NamedFix {
  /** Why it was not a change, as it is written: `late`, `duplicate` or `conflict`. */
  readonly reason: string;
  /** The event time of the latest that its device held, as it is written. */
  readonly latestEventTime: string;
}

/** What was appended between two cursors, or, as a `reset`, that another log has taken the place of the one before. */
export interface Appended {
  readonly type: 'rows' | 'reset';
  readonly from: Cursor;
  readonly to: Cursor;
  readonly changes: readonly NamedFix[];
  readonly late: readonly LateFix[];
  /** Fixes that were sent before with another verdict, until one came in that belongs before them. Only a store has them. */
  readonly corrected?: readonly LateFix[];
  /** The `finalUntil` of the log or store at that time. */
  readonly finalUntil?: Instant | undefined;
  /** Whether there may be more to read at once. */
  readonly isFull: boolean;
}
