/** A row that is not in a store, and why. */
export interface RejectedRow {
  /** The number of its source, if it is not that of the others. */
  readonly source?: number;
  /**
   * Its place: among the rejected rows of its source or, if the database refused it as a fix, among its fixes; of a stream,
   * the sequence of its message.
   */
  readonly seq: number;
  /** The line of the recording on which it starts, 0 if the database refused it; of a stream, the line of its message. */
  readonly line: number;
  readonly reason: string;
  /** As it was written. */
  readonly record: string | Uint8Array;
}
