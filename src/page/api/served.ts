/** A fix as the server gives it. Extra columns stand beside these, under their own names. */
export interface ServedFix {
  readonly time: string;
  readonly device_id: string;
  readonly lat: number;
  readonly lon: number;
  readonly speed: number | null;
  readonly event_time: string;
}

/** What a flush wrote, as the server gives it: the fixes that became their device's latest, and those that did not. */
export interface ServedFlush {
  readonly stream_time: string;
  readonly changes: readonly ServedFix[];
  readonly late: readonly ServedFix[];
}

/** Fixes of a span, as the server gives them: `next` is `null` where that is all of them. */
export interface ServedChanges {
  readonly changes: readonly ServedFix[];
  readonly late: readonly ServedFix[];
  readonly next: string | null;
}

/** How soon changes could be read at some moments of the stream, as the server gives it: ms in columns. */
export interface ServedLatencies {
  readonly stream_times: readonly string[];
  readonly end_to_end_ms: Readonly<Record<'p50' | 'p95' | 'p99', readonly number[]>>;
}

/** How many late fixes there are in each cell of a grid that has some, as the server gives it. */
export interface ServedLate {
  readonly side: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly counts: readonly number[];
}

/** How the replay runs. */
export interface Pace {
  readonly paused: boolean;
  readonly rate: number | 'max';
  readonly replaying?: boolean;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What the server says of itself; `paused` and `rate` mean something only while it replays. */
export interface Status {
  readonly version: string;
  readonly output: string;
  readonly replaying: boolean;
  /** Whether a run is writing the log; `null` where the server cannot know. */
  readonly writing?: boolean | null;
  readonly steerable: boolean;
  readonly paused?: boolean | null;
  readonly rate?: number | 'max' | null;
  readonly stream_time: string | null;
  /** All fixes that arrived by then are in the store; `null` if nobody promises that. */
  readonly final_until?: string | null;
  readonly span: { readonly first: string; readonly last: string } | null;
  readonly rows?: number;
  readonly changes: number;
  readonly late: number;
  readonly figures: { readonly end_to_end_ms: Percentiles | null } | null;
  readonly speed_unit?: string | null;
  readonly tiles?: string | null;
  readonly attribution?: string | null;
}

/** How many fixes of each kind there are in each bin of a stretch of time, as the server gives it: `from` is `null` without bins. */
export interface ServedHistogram {
  readonly by: Clock;
  readonly from: string | null;
  readonly step_seconds: number;
  readonly changes: readonly number[];
  readonly late: readonly number[];
  readonly duplicate: readonly number[];
  readonly conflict: readonly number[];
}

/** What steers a replay. */
export type Command = { readonly command: 'pause' | 'resume' | 'step' } | { readonly command: 'rate'; readonly rate: number | 'max' };

/** Which clock a moment is of: when fixes arrived, or when they were recorded. */
export type Clock = 'arrival' | 'event';

/** The fleet as of a moment, as the server gives it: `at` is `null` where nothing has arrived. */
export interface ServedFleet {
  readonly at: string | null;
  readonly fixes: readonly ServedFix[];
}
