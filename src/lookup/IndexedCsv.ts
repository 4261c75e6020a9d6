import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { parseRow } from '../csv/parseRow.js';
import type { Columns } from '../domain/columns.js';
import { isRejected, parseFix, type Fix } from '../domain/fix.js';
import { DamagedIndex } from './DamagedIndex.js';
import type { IndexFile } from './IndexFile.js';
import type { Reads } from './Reads.js';
import type { Entry, Segment } from './Segment.js';

/** A place in a file. */
export interface LogPlace {
  /** Where its last row ends, in bytes; 0 if it has none. */
  readonly to: number;
  /** What it has before that, as far as it takes to know it again. */
  readonly before: Buffer;
}

interface Opened {
  readonly file: FileHandle;
  readonly columns: Columns;
  readonly place: LogPlace;
  readonly index: IndexFile | undefined;
  readonly segments: readonly Segment[];
  readonly reads: Reads;
}

/** A CSV file of fixes that is open, and an index of all its rows: of those that were there when it was opened. */
export class IndexedCsv {
  /** The rows in the order of the file, a stretch each. */
  readonly segments: readonly Segment[];
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  readonly place: LogPlace;
  readonly #opened: Opened;
  #row = Buffer.alloc(1024);

  constructor(opened: Opened) {
    this.segments = opened.segments;
    this.extra = opened.columns.extra.map(({ name }) => name);
    this.place = opened.place;
    this.#opened = opened;
  }

  /** Reads the row of an entry. @throws DamagedIndex if the file holds another there. */
  fix({ event, arrival, start, bytes }: Entry): Fix {
    const { file, columns, reads } = this.#opened;
    if (bytes > this.#row.length) this.#row = Buffer.alloc(2 * bytes);
    const read = readSync(file.fd, this.#row, 0, bytes, start);
    reads.rows++;
    reads.rowBytes += read;
    const raw = this.#row.toString('utf8', 0, read).replace(/\r?\n$/, '');
    const fix = fixIn(raw, columns);
    if (fix?.event !== event || fix.arrival !== arrival) throw new DamagedIndex(`the row at byte ${start} is another`);
    return fix;
  }

  async close(): Promise<void> {
    this.#opened.index?.close();
    await this.#opened.file.close();
  }
}

/** The fix in a row, if it is one. */
function fixIn(raw: string, columns: Columns): Fix | undefined {
  try {
    const fix = parseFix({ fields: parseRow(raw), line: 0, raw }, columns, { maxClockAhead: Infinity });
    return isRejected(fix) ? undefined : fix;
  } catch {
    return undefined; // a quote is not closed
  }
}
