import type { Appended, Cursor, LateFix, NamedFix } from './Appended.js';
import type { Clock } from './Clock.js';
import type { Fix } from './fix.js';
import type { Histogram, HistogramSpan } from './Histogram.js';
import type { Instant } from './instant.js';
import type { Verdict } from './latest.js';
import { shown } from './shown.js';

export type { Clock };

/** The moment that a question is about. */
export interface Moment {
  /** The asked moment, included. Default: the last arrival of all. */
  readonly at?: Instant | undefined;
  /** By which clock: what was known then (`arrival`), or where the device was then, late fixes used (`event`). Default: `arrival`. */
  readonly by?: Clock | undefined;
  /** Only what had arrived at this moment, included. Default: everything. */
  readonly knownAt?: Instant | undefined;
  /** How many ms old a fix may be and still answer. Default: as old as it is. */
  readonly maxAge?: number | undefined;
}

/** A span of time by one of the clocks, its ends included. */
export interface Span {
  readonly by: Clock;
  readonly from: Instant;
  readonly to: Instant;
  /** Only what had arrived then. */
  readonly knownAt: Instant;
}

/** A fix, and how many µs old it was: the asked moment less its event time. */
export interface Aged {
  /** `too old` if it is older than was asked for. */
  readonly known: 'fix' | 'too old';
  readonly fix: Fix;
  readonly asked: Instant;
  readonly age: number;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
}

/** The answer about a device: its fix, or why there is none. */
export type Answer =
  | Aged
  /** There is none yet by the clock `by`, on which the first comes later. */
  | { readonly known: 'only later'; readonly by: Clock; readonly asked: Instant; readonly first: Instant }
  /** There is no such device. */
  | { readonly known: 'nothing' };

/** The answer about all devices. */
export interface Fleet {
  /** The asked moment; `undefined` if none was named and nothing has arrived. */
  readonly asked: Instant | undefined;
  /** The devices that have a fix then, by their ids: those that are too old among them. */
  readonly fixes: readonly Aged[];
  /** What comes after it is not in the answer, and all that comes before is. */
  readonly cursor: Cursor;
}

/** Some fixes of a track. All pages are of the state of which the first is, as those of `FixesPage`. */
export interface TrackPage {
  readonly fixes: readonly Fix[];
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** How many copies of fixes were left out. */
  readonly copies: number;
  /** The track goes on after this; `undefined` if it is over. */
  readonly next: Cursor | undefined;
  /** Where that state ends: what was appended after it is to be asked for with `appendedAfter`. */
  readonly cursor: Cursor;
}

/**
 * Some of the fixes of all devices: those that were changes, and the others, each in the order of the clock. All pages are of
 * the same state as the first: what is appended meanwhile is in none of them, whichever time it has.
 */
export interface FixesPage {
  readonly changes: readonly NamedFix[];
  readonly late: readonly LateFix[];
  /** They go on after this; `undefined` if that is all. */
  readonly next: Cursor | undefined;
  /** Where that state ends: what was appended after it is to be asked for with `appendedAfter`. */
  readonly cursor: Cursor;
}

export interface FixesOptions {
  /** Only what comes after this `next` of an earlier page. */
  readonly after?: Cursor | undefined;
  /** How many fixes a page has at most. Default: 1,024. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How far a past reaches. */
export interface Extent {
  /** The first and the last arrival of whatever fix; `undefined` if there is none. */
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  /**
   * Nothing comes any more that arrived at this moment or before: what was known then is final, whatever is asked about it
   * from now on. `undefined` if nobody promises that.
   */
  readonly finalUntil: Instant | undefined;
  /** All fixes, and those of them that were changes. */
  readonly rows: number;
  readonly changes: number;
  /** How many of them are of each kind. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Where all that it has ends. */
  readonly cursor: Cursor;
}

export interface TrackOptions {
  /** Only what comes after this `next` of an earlier page. */
  readonly after?: Cursor | undefined;
  /** How many fixes a page has at most. Default: 1,024. */
  readonly limit?: number | undefined;
  /** By event time, list what was sent again, too: a fix of the same moment with the same position and speed. Default: false. */
  readonly copies?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * All fixes that have arrived, to be asked for by device and time. It may grow: each answer is of one state of it.
 *
 * Cursors are opaque text. Questions end with the reason of their signal when that is aborted.
 */
export interface Past {
  /** The newest fix of a device as of a moment. Changes alone answer by arrival, all fixes by event. */
  newest(device: string, moment?: Moment, signal?: AbortSignal): Promise<Answer>;
  /** That of every device, or of `only` one. Holds a fix of each. */
  newestOfAll(moment?: Moment, options?: { readonly only?: string | undefined; readonly signal?: AbortSignal | undefined }): Promise<Fleet>;
  /** The ids of all devices. */
  devices(signal?: AbortSignal): Promise<Set<string>>;
  /** The first arrival and the first event of a device; `undefined` if there is no such device. */
  first(device: string, signal?: AbortSignal): Promise<{ readonly arrival: Instant; readonly event: Instant } | undefined>;
  /**
   * The fixes of a device within a span, late ones included, page by page: one at least, the last without `next`. They are
   * in the order of the span's clock, those of one moment in that of the other.
   *
   * @throws InvalidCursor if `after` is not a cursor, or of a past whose place another one has taken
   */
  track(device: string, span: Span, options?: TrackOptions): AsyncIterable<TrackPage>;
  /**
   * A page of the fixes of all devices within a span, in the order of its clock, those of one moment in that of the other. It
   * has as many as were asked for, unless that is all, or they are large.
   *
   * @throws InvalidCursor if `after` is not a cursor, or of a past whose place another one has taken
   */
  fixes(span: Span, options?: FixesOptions): Promise<FixesPage>;
  extent(signal?: AbortSignal): Promise<Extent>;
  /**
   * How many fixes of each kind there are in each bin of a span: the bins of `binsOf`, of a span whose infinite ends are those of
   * the fixes by its clock. What an answer takes depends on the bins, and not on the fixes.
   *
   * @param bins how many there are to be at most: 2 or more
   * @throws RangeError for fewer
   */
  histogram(span: HistogramSpan, bins: number, signal?: AbortSignal): Promise<Histogram>;
  /** What was appended after a cursor, up to another one if that is given; `undefined` if there is nothing new. */
  appendedAfter(cursor: Cursor, upTo?: Cursor): Promise<Appended | undefined>;
  /** Whether a text may be a cursor after which something is appended, be it of another log. */
  isCursor(text: string): boolean;
  close(): Promise<void>;
}

/** What was given as a cursor is not one. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor(readonly cursor: string, advice = 'give the next of the page before') {
    super(`${shown(cursor)} is not a cursor: ${advice}`);
  }
}
