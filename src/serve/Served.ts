import type { Appended, Cursor } from '../domain/Appended.js';
import type { Instant } from '../domain/instant.js';
import type { SpeedUnit } from '../domain/Layout.js';
import type { Verdict } from '../domain/latest.js';
import type { Extent, Past } from '../domain/Past.js';

/** How far a log or a store reaches, and how many of its fixes are of each kind. */
export interface Reach {
  readonly extent: Extent;
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

/** What is served. */
export interface Served {
  readonly kind: 'log' | 'store';
  /** What to call it: no password is in it. */
  readonly output: string;
  readonly past: Past;
  /** Where it ended when it was opened. */
  readonly cursor: Cursor;
  /** Takes note of what is appended after that. */
  readonly add: (appended: Appended) => void;
  readonly reach: (signal?: AbortSignal) => Promise<Reach>;
  /** Until when answers are final to what is asked after it; `undefined` if nobody promises. */
  readonly finalUntil: (signal?: AbortSignal) => Promise<Instant | undefined>;
  /** What its speeds are in, if it says so. */
  readonly speedUnit: () => Promise<SpeedUnit | undefined>;
  /** Whether something is writing it; `undefined` where that cannot be known. */
  readonly isBeingWritten: () => Promise<boolean | undefined>;
  /** How large it is. */
  readonly bytes: () => Promise<number>;
}
