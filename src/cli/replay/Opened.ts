import type { End, Log, Rejected, Sent } from '../../index.js';

/** An output that is open for a run. */
export interface Opened {
  /** Where the fixes of the run end. */
  readonly end: End;
  /** The log, if it is one. */
  readonly log?: Log;
  /** What became of the fixes, if they are sent. */
  readonly sent?: Sent;
  /** How many fixes a store has from the first on: they are not played. `undefined` if it is not a store. */
  readonly skipped?: number;
  /** How many bytes were written, in all; `null` if it is no file. */
  readonly bytes: number | null;
  /** Takes rows that are not fixes. */
  reject(rows: readonly Rejected[]): Promise<void>;
  /** Lets go of it. */
  close(): Promise<void>;
}
