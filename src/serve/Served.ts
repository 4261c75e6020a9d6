import type { Cursor } from '../domain/Appended.js';
import type { Instant } from '../domain/instant.js';
import type { SpeedUnit } from '../domain/Layout.js';
import type { Past } from '../domain/Past.js';

/** What is served. */
export interface Served {
  readonly kind: 'log' | 'store';
  /** What to call it: no password is in it. */
  readonly output: string;
  readonly past: Past;
  /** Where it ended when it was opened. */
  readonly cursor: Cursor;
  /** Until when answers are final to what is asked after it; `undefined` if nobody promises. */
  readonly finalUntil: (signal?: AbortSignal) => Promise<Instant | undefined>;
  /** What its speeds are in, if it says so. */
  readonly speedUnit: () => Promise<SpeedUnit | undefined>;
  /** Whether something is writing it; `undefined` where that cannot be known. */
  readonly isBeingWritten: () => Promise<boolean | undefined>;
  /** How large it is. */
  readonly bytes: () => Promise<number>;
}
