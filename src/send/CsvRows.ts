import type { Judged } from '../domain/FixBatch.js';
import type { RowBuffer } from '../log/RowBuffer.js';
import { RowFormat } from '../log/RowFormat.js';

/** Writes fixes as the rows of a log. Holds the ids of the devices. */
export class CsvRows {
  readonly #format = new RowFormat();

  /** Adds a row for each fix of a batch, or for each that was a change. */
  add(judged: Judged, onlyChanges: boolean, rows: RowBuffer): void {
    if (onlyChanges) this.#format.changes(judged, rows);
    else this.#format.all(judged.batch, rows);
  }
}
