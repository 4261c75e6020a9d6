import type { FixBatch } from '../domain/FixBatch.js';
import type { Noticed } from '../domain/Noticed.js';
import type { Instant } from '../domain/instant.js';
import type { ReadInputsOptions } from './ReadInputsOptions.js';
import type { Reading } from './header/Readings.js';
import type { RejectedRows } from './RejectedRows.js';

/** A recording in arrival order. */
export interface Recording {
  /** What it was read from. */
  readonly inputs: readonly string[];
  /** What it is, by the bytes of its inputs: how many there are, and their SHA-256 in hexadecimal. `undefined` while it is streamed. */
  readonly content: { readonly bytes: number; readonly sha256: string } | undefined;
  /** How its inputs are read: those that are read alike are one. */
  readonly readings: readonly Reading[];
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** How many rows there are, fixes and rejected: so far, if it is streamed. */
  readonly rows: number;
  /** The rows that are not fixes: so far, if it is streamed. */
  readonly rejected: RejectedRows;
  /** What was noticed of its fixes: so far, if it is streamed. */
  readonly noticed: Noticed;
  /** The first and the last arrival time; `undefined` if there is no fix, or while it is streamed. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  /** When the first fix in arrival order arrived, if there is one: a streamed one is read up to its first, so ask before its batches. */
  readonly first: () => Promise<Instant | undefined>;
  /** How many fixes of a streamed one arrived before the one above them, and were not sorted. */
  readonly outOfOrder: number;
  /** How many fixes arrived before the one above them in the inputs, whether they were sorted or not: so far, if it is streamed. */
  readonly misplaced: number;
  /** The fixes by arrival time, then position in the inputs, up to 8,192 at a time; as they stand there, if it is streamed. */
  readonly batches: AsyncIterable<FixBatch>;
  /** Lets go of its files. */
  close(): Promise<void>;
}

export interface OpenRecordingOptions extends Omit<ReadInputsOptions, 'rejected' | 'noticed' | 'understood' | 'seen' | 'taken' | 'room'> {
  /** How many bytes of fixes to sort in memory; what is more is sorted on disk. Default: 128 MiB. */
  readonly memory?: number;
  /**
   * Told, with every block that is read, how many rows there are so far, and which share of the inputs that is, from 0
   * to 1, if their size is known.
   */
  readonly read?: (rows: number, share?: number) => void;
}
