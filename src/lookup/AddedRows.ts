import type { DeviceIds } from '../domain/DeviceIds.js';

/** Rows that were added to a CSV file, a column each. */
export interface AddedRows {
  readonly count: number;
  readonly arrival: Float64Array;
  readonly event: Float64Array;
  /** The number of the device in `devices`, which are the same for all rows of a file. */
  readonly device: Uint32Array;
  /** What each row turned out to be, by its place in `VERDICTS`. */
  readonly verdict: Uint8Array;
  /** Where each row ends, in bytes from the start of the first. */
  readonly ends: Uint32Array;
  readonly devices: DeviceIds;
}
