import type { Instant } from '../domain/instant.js';
import type { RejectedRow } from '../store/RejectedRow.js';
import type { StoreRow } from '../store/StoreRow.js';

/** What a message brings into the store. */
export interface Portion {
  /** The number of the stream as a source. */
  readonly source: number;
  /** The message, when the stream got it, and how many of its partition come after it. */
  readonly seq: number;
  readonly stamp: Instant;
  readonly behind: number;
  readonly rows: readonly StoreRow[];
  /** The line of each of them. */
  readonly lines: readonly number[];
  readonly rejected: readonly RejectedRow[];
  /** All that arrived before this is there with it, as its publisher says; `undefined` if it says nothing. */
  readonly until: Instant | undefined;
  /** The names of their extra columns, each once. */
  readonly columns: readonly string[];
}
