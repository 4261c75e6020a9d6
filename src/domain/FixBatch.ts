import type { DeviceIds } from './DeviceIds.js';
import type { Fix } from './fix.js';
import type { Instant } from './instant.js';

/** What is known of fixes, a column each: row `i` of all of them is one fix. */
export interface FixColumns {
  /** When the server got it. */
  readonly arrival: Float64Array;
  /** When the device says it took it. */
  readonly event: Float64Array;
  /** The number of its device. */
  readonly device: Uint32Array;
  /** Where its text starts and ends, in bytes. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** When it was due, in ms of the clock that it is played by: `-Infinity` since ever, `NaN` where nothing is due. */
  readonly due: Float64Array;
}

/**
 * The unit of flow: fixes in the order of the stream, in columns. Its rows are those from `first` up to `end`, and a
 * `Fix` is made of one of them when it is asked for.
 *
 * It is good until the next one is asked for, since its columns are filled again then. Who needs it longer keeps a copy.
 */
export interface FixBatch {
  readonly columns: FixColumns;
  readonly first: number;
  readonly end: number;
  /** `latitude,longitude,speed` of each fix, and its extra fields, as in a CSV line in UTF-8. Four bytes may be read beyond its last. */
  readonly text: Buffer;
  /** Whether there are extra columns. */
  readonly extra: boolean;
  /** All devices of the stream by their numbers, the same for each of its batches. */
  readonly devices: DeviceIds;
  /** The fix in a row: good for ever. */
  fix(row: number): Fix;
  /** Some of its rows: good as long as the batch is. */
  part(first: number, end: number): FixBatch;
  /** A copy of its rows, good for ever. */
  kept(): FixBatch;
}

/** What the rule made of the fixes of a batch: good as long as the batch is. */
export interface Judged {
  readonly batch: FixBatch;
  /** What each row was found to be: its place in `VERDICTS`. */
  readonly verdict: Uint8Array;
  /** The event time that the device held when the fix came; `-Infinity` if none. */
  readonly held: Float64Array;
  /** How many devices have a latest fix now. */
  readonly devices: number;
}

/** How many fixes a batch has. */
export function sizeOf({ first, end }: FixBatch): number {
  return end - first;
}

/** The arrival time of a row. */
export function arrivalOf({ columns }: FixBatch, row: number): Instant {
  return columns.arrival[row]!;
}
