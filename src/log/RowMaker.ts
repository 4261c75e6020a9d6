import { sizeOf, type Judged } from '../domain/FixBatch.js';
import { Coalescer } from './Coalescer.js';
import { RowBuffer } from './RowBuffer.js';
import { RowFormat } from './RowFormat.js';

/** The rows of some fixes, for both files. */
export interface LogRows {
  /** How many fixes. */
  readonly size: number;
  readonly changes: RowBuffer;
  readonly late: RowBuffer;
}

/** From this many rows on, a buffer is handed over as it is; fewer rows are copied, so that their buffer can be used again at once. */
const MANY = 1024;

/**
 * Makes rows of judged fixes, in buffers that are used again: what is given back by the megabyte is collected late. Holds
 * those, and what a `Coalescer` does.
 */
export class RowMaker {
  readonly #format = new RowFormat();
  readonly #coalescer: Coalescer | undefined;
  /** Buffers that nobody uses. */
  readonly #spare: RowBuffer[] = [];

  /** @param coalesce whether only the last change per device and second becomes a row */
  constructor(coalesce: boolean) {
    this.#coalescer = coalesce ? new Coalescer() : undefined;
  }

  /** The rows of the next fixes. */
  make(judged: Judged): LogRows {
    const [changes, late] = [this.#buffer(), this.#buffer()];
    this.#format.changes(judged, changes);
    this.#format.others(judged, late);
    return { size: sizeOf(judged.batch), changes: this.#handOn(this.#coalesced(judged, changes)), late: this.#handOn(late) };
  }

  /** The changes that were held back. */
  rest(): RowBuffer {
    const rest = this.#buffer();
    this.#coalescer?.end(rest);
    return rest;
  }

  /** Takes back rows that are written. */
  takeBack(written: readonly LogRows[]): void {
    for (const rows of written.flatMap(({ changes, late }) => [changes, late])) if (rows.count >= MANY) this.#spare.push(rows.clear());
  }

  #buffer(): RowBuffer {
    return this.#spare.pop() ?? new RowBuffer();
  }

  #coalesced(judged: Judged, changes: RowBuffer): RowBuffer {
    if (!this.#coalescer) return changes;
    const coalesced = this.#buffer();
    this.#coalescer.take(judged, changes, coalesced);
    this.#spare.push(changes.clear());
    return coalesced;
  }

  #handOn(rows: RowBuffer): RowBuffer {
    if (rows.count >= MANY) return rows;
    const copy = rows.copy();
    this.#spare.push(rows.clear());
    return copy;
  }
}
