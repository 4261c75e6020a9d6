/** What a log of a stream is made from, as its run file says: all that its rows depend on, beside the messages. */
export interface LogOrigin {
  readonly stream: string;
  /** When the stream was made. */
  readonly created: string;
  /** The first message that is in the log. */
  readonly first: number;
  /** The names of the extra columns. */
  readonly columns: readonly string[];
  /** The messages after which all came out that was held. */
  readonly let_out: readonly number[];
}
