import type { FileError, Instant } from '../../index.js';

/** What became of what came in a stream. */
export interface WorkedAll {
  /** How many lines were no fixes. */
  readonly rejected: number;
  /** Of a log: of its files; `null` of a store. */
  readonly bytes: number | null;
  /** Of a log that was resumed: the last arrival time that it held. */
  readonly resumedAt?: Instant | undefined;
  /** Why it ended, if something went wrong. */
  readonly failure: FileError | undefined;
}
