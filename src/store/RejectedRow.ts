/** A row that is not in a store, and why. */
export interface RejectedRow {
  /** Its place: among the rejected rows of its source or, if the database refused it as a fix, among its fixes. */
  readonly seq: number;
  /** The line of the recording on which it starts; 0 if the database refused it. */
  readonly line: number;
  readonly reason: string;
  /** As it was written. */
  readonly record: string;
}
