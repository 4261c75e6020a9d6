/** A row of a CSV file: its fields, the line from 1 on which it starts, and how it stands there. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly line: number;
  /** The text of the row without its line end; to be asked for before the next batch is. */
  readonly raw: string;
  /** Its bytes with its line end, if they are at hand; to be asked for before the next batch is. */
  readonly source?: Buffer;
  /** Where it starts in the file, in bytes, and how many it has with its line end; to be asked for before the next batch is. */
  readonly start: number;
  readonly bytes: number;
}

/** Rows as they are asked for, in batches that are never empty; `return()` closes the file. */
export type CsvBatches = AsyncGenerator<readonly CsvRow[], void, undefined>;
