import { formatInstant, type Instant } from '../domain/instant.js';
import type { Figures } from './Distribution.js';
import type { Meter } from './Meter.js';

/** What a run did, and how well: the figures of the report, as `--stats` writes them. */
export interface Report {
  readonly lastfix: string;
  readonly input: string;
  readonly output: string;
  /** Whether it was ended before the recording was. */
  readonly interrupted: boolean;
  /** = changes + late + duplicate + conflict + rejected + not_played, and already_there of a store */
  readonly rows: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly rejected: number;
  /** Of a store, to which others may write: the fixes that it had, and the verdicts of earlier ones that were taken back. */
  readonly already_there?: number;
  readonly corrected?: number;
  /** Speeds that are written, and are no number from 0 up: empty in the log. */
  readonly unknown_speeds: number;
  /** What speeds are in, if that was said. */
  readonly speed_unit: string | null;
  /** Whether the recording has one clock, so that nothing can be late by the event. */
  readonly one_clock: boolean;
  /** Fixes of a streamed recording that arrived before the one above them. */
  readonly out_of_order: number;
  /** Fixes that an interruption or `--until` left out. */
  readonly not_played: number;
  /** Rows of the log: the changes, or fewer of them if it is coalesced. */
  readonly log_rows: number;
  readonly devices: number;
  readonly flushes: number;
  /** Of the files of a log; `null` of a store. */
  readonly bytes: number | null;
  /** By how much all times are later than in the recording, if they were shifted. */
  readonly rebased_by_seconds: number | null;
  /** Where the run went on, if it was resumed: the last arrival time that its files held then. */
  readonly resumed_at: string | null;
  /** From the first arrival time, or the one played from, to the last. */
  readonly stream_seconds: number;
  readonly wall_seconds: number;
  /** Stream time by wall time. */
  readonly rate: number;
  readonly reading_seconds: number;
  /** The time to read, check and sort a row, on average. */
  readonly reading_us_per_row: number | null;
  /** The time a fix keeps the program busy, from emission to formatted row. */
  readonly processing_us: Figures | null;
  /** From due time to emission; `null` at an infinite rate. */
  readonly lateness_ms: Figures | null;
  /** From due time to readable in the log, over every change; `null` at an infinite rate. */
  readonly latency_ms: Figures | null;
  /** Of all threads, since the process began. */
  readonly cpu_seconds: number;
  readonly peak_memory_mib: number;
}

/** What a run knows that its meter does not. Times in ms, sizes in bytes. */
export interface Run {
  readonly version: string;
  readonly input: string;
  readonly output: string;
  readonly interrupted: boolean;
  readonly rows: number;
  readonly rejected: number;
  readonly unknownSpeeds: number;
  readonly speedUnit: string | undefined;
  readonly oneClock?: boolean;
  readonly outOfOrder: number;
  /** By how many seconds all times were shifted, if they were. */
  readonly rebasedBy?: number | undefined;
  /** Where a run went on that was resumed. */
  readonly resumedAt: Instant | undefined;
  /** Where the replay started, if not at the first arrival: what came before was applied at once. */
  readonly from: Instant | undefined;
  readonly reading: number;
  readonly playing: number;
  /** In all three files; `null` if it is a store. */
  readonly bytes: number | null;
  /** How many fixes a store had when the run went on after them. */
  readonly skipped?: number;
  readonly peakMemory: number;
  /** Processor time, in ms. */
  readonly cpu: number;
}

/** Draws up the report of a run from what its meter measured. */
export function report(meter: Meter, run: Run): Report {
  const { change, late, duplicate, conflict } = meter.verdicts;
  const { first = 0, last = 0 } = meter;
  const stream = Math.max(0, last - Math.max(first, run.from ?? first)) / 1e6;
  const micros = meter.processing.figures();
  return {
    lastfix: run.version,
    input: run.input,
    output: run.output,
    interrupted: run.interrupted,
    rows: run.rows,
    changes: change,
    late,
    duplicate,
    conflict,
    rejected: run.rejected + meter.refused,
    ...(run.skipped !== undefined && { already_there: run.skipped + meter.known, corrected: meter.corrected }),
    unknown_speeds: run.unknownSpeeds,
    speed_unit: run.speedUnit ?? null,
    one_clock: run.oneClock ?? false,
    out_of_order: run.outOfOrder,
    not_played: run.rows - run.rejected - (run.skipped ?? 0) - meter.judged,
    log_rows: meter.written,
    devices: meter.devices,
    flushes: meter.flushes,
    bytes: run.bytes,
    rebased_by_seconds: run.rebasedBy ?? null,
    resumed_at: run.resumedAt === undefined ? null : formatInstant(run.resumedAt),
    stream_seconds: stream,
    wall_seconds: run.playing / 1000,
    rate: (stream * 1000) / run.playing,
    reading_seconds: run.reading / 1000,
    reading_us_per_row: run.rows > 0 ? (run.reading * 1000) / run.rows : null,
    processing_us: micros ? inMicros(micros) : null,
    lateness_ms: meter.lateness.figures() ?? null,
    latency_ms: meter.latency.figures() ?? null,
    cpu_seconds: run.cpu / 1000,
    peak_memory_mib: run.peakMemory / 2 ** 20,
  };
}

function inMicros({ mean, p50, p95, p99, max }: Figures): Figures {
  return { mean: mean * 1000, p50: p50 * 1000, p95: p95 * 1000, p99: p99 * 1000, max: max * 1000 };
}
