/** A value that stands for `$1`, `$2` … in a statement. An array is one value, for `unnest` or `any`. */
export type Parameter = string | number | boolean | null | Uint8Array | readonly (string | number | boolean | null)[];

/** What a statement gives. */
export interface Result<Row> {
  readonly rows: readonly Row[];
  /** How many rows it wrote; 0 for one that only reads. */
  readonly affected: number;
}

/** What takes statements. */
export interface Queries {
  /**
   * Runs a statement. Without parameters it may be several, divided by semicolons: the result is that of the last.
   *
   * In the rows, `timestamptz` is text, which keeps its microseconds (a `Date` would lose them) and is in UTC within
   * `reading` and `writing`; `int8` and `float8` are numbers, `bytea` is bytes, `jsonb` what it says, an enum its text.
   *
   * @throws what the driver throws, with the SQLSTATE as its `code` if the database refused the statement
   */
  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Result<Row>>;
}

/** What takes the statements of a transaction that writes. They are run in the order in which they are given. */
export interface Writing extends Queries {
  /** Sends a statement whose answer nobody waits for: if it fails, so does the transaction, with its error. */
  send(sql: string, parameters?: readonly Parameter[]): void;
}

/** A PostgreSQL database, whichever driver reaches it. A statement of `query` alone sees one state, and is a transaction. */
export interface Database extends Queries {
  /** Several statements that see one state: of one transaction that is REPEATABLE READ and READ ONLY. */
  reading<T>(ask: (queries: Queries) => Promise<T>): Promise<T>;
  /** Several statements in one READ COMMITTED transaction: it is committed when they resolve, and rolled back if they reject. */
  writing<T>(write: (queries: Writing) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
