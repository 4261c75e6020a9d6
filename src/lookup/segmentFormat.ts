import { PAGE, recordsInPage } from './page.js';

/**
 * A segment of an index: a stretch of rows of a CSV file, sorted so that those of a device at a time are found
 * by halving. Whole pages, in numbers of the machine's own byte order:
 *
 *     head      what `HEAD` lists, alone in a page
 *     runs      what `RUN` lists, one for each device, by the hash of its id
 *     entries   what `ENTRY` lists, one for each row: run after run, each by event time, arrival time, and place
 *               in the file
 *     counts    how many rows there are in each second by event time, and by longer units; and by arrival time: `countFormat`
 *     ids       the ids of all devices that no segment before it has, and perhaps of others that it has: `IdPages`
 *
 * The numbers say where a field stands in its record: counted in doubles of 8 bytes, or, in `U32`, in unsigned
 * integers of 4.
 */
export const HEAD = {
  magic: 0,
  from: 1,
  to: 2,
  minEvent: 3,
  maxEvent: 4,
  minArrival: 5,
  maxArrival: 6,
  /**
   * `kinds` has a bit set for each verdict, by its place in `VERDICTS`; `counts` is how many pages there are by each clock and
   * unit; `ids` is how many bytes the ids take.
   */
  U32: { rows: 14, runs: 15, crc: 16, salt: 17, kinds: 18, counts: 20, ids: 32 },
} as const;

/** A hash of 16 bytes comes first. */
export const RUN = { width: 56, minEvent: 2, maxEvent: 3, minArrival: 4, U32: { first: 10, count: 11, monotone: 12 } } as const;

export const ENTRY = { width: 24, event: 0, arrival: 1, U32: { start: 4, bytes: 5 } } as const;

/** What a segment starts with: another number, if the byte order is another. Changes with the format. */
export const MAGIC = 0x6c617374_0003;

/** A segment in memory, as numbers. */
export interface SegmentViews {
  readonly doubles: Float64Array;
  readonly u32s: Uint32Array;
}

const RUNS_IN_PAGE = recordsInPage(RUN.width);
export const ENTRIES_IN_PAGE = recordsInPage(ENTRY.width);

/** Where a run's record starts, in bytes from the start of the segment. */
export function runOffset(i: number): number {
  return PAGE + Math.floor(i / RUNS_IN_PAGE) * PAGE + (i % RUNS_IN_PAGE) * RUN.width;
}

/** Where an entry starts in a segment of so many runs, in bytes from the start of it. */
export function entryOffset(runs: number, i: number): number {
  const first = PAGE + Math.ceil(runs / RUNS_IN_PAGE) * PAGE;
  return first + Math.floor(i / ENTRIES_IN_PAGE) * PAGE + (i % ENTRIES_IN_PAGE) * ENTRY.width;
}

/** How many pages a segment has before its counts. */
export function pagesOf(rows: number, runs: number): number {
  return 1 + Math.ceil(runs / RUNS_IN_PAGE) + Math.ceil(rows / ENTRIES_IN_PAGE);
}
