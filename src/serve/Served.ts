import type { Appended, Cursor } from '../domain/Appended.js';
import type { Grid } from '../domain/Grid.js';
import type { Instant } from '../domain/instant.js';
import type { SpeedUnit } from '../domain/Layout.js';
import type { Verdict } from '../domain/latest.js';
import type { Past, Span } from '../domain/Past.js';
import type { StoreStatus } from '../store/status/StoreStatus.js';

/** What there is to watch. */
export interface ServedFigures {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Of the log and its late file, or of the tables of the store and their indexes. */
  readonly bytes: number;
  /** How the store is, if it is one. */
  readonly store?: StoreStatus;
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
  /** Until when answers are final to what is asked after it; `undefined` if nobody promises. */
  readonly finalUntil: (signal?: AbortSignal) => Promise<Instant | undefined>;
  /** How many late fixes there are within a span in each cell of a grid, row by row. */
  readonly late: (span: Span, grid: Grid, signal?: AbortSignal) => Promise<Uint32Array>;
  /** What its speeds are in, if it says so. */
  readonly speedUnit: () => Promise<SpeedUnit | undefined>;
  /** Whether something is writing it; `undefined` where that cannot be known. */
  readonly isBeingWritten: () => Promise<boolean | undefined>;
  /** For those who watch it. */
  readonly figures: (signal?: AbortSignal) => Promise<ServedFigures>;
}
