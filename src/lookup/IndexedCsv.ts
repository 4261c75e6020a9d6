import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { parseRow } from '../csv/parseRow.js';
import type { LateFix } from '../domain/Appended.js';
import { LATE_COLUMNS, LOG_COLUMNS, type Columns } from '../domain/columns.js';
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

/** A fix, and all fields of its row. */
interface Row {
  readonly fix: Fix;
  readonly fields: readonly string[];
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

  /** Reads the fix of an entry. @throws DamagedIndex if the file holds another there. */
  fix(entry: Entry): Fix {
    return this.#read(entry).fix;
  }

  /** Reads the row of an entry; in a log, it has no reason and no latest event time. @throws DamagedIndex as `fix` */
  row(entry: Entry): LateFix {
    const { fix, fields } = this.#read(entry);
    const isLate = fields.length - this.extra.length > Object.keys(LOG_COLUMNS).length;
    const [reason = '', latestEventTime = ''] = isLate ? fields.slice(-LATE_COLUMNS.length) : [];
    return { fix, extra: this.extra, reason, latestEventTime };
  }

  #read({ event, arrival, start, bytes }: Entry): Row {
    const row = rowIn(this.#rawAt(start, bytes), this.#opened.columns);
    if (row?.fix.event !== event || row.fix.arrival !== arrival) throw new DamagedIndex(`the row at byte ${start} is another`);
    return row;
  }

  /** The text of a row, without its line end. */
  #rawAt(start: number, bytes: number): string {
    const { file, reads } = this.#opened;
    if (bytes > this.#row.length) this.#row = Buffer.alloc(2 * bytes);
    const read = readSync(file.fd, this.#row, 0, bytes, start);
    reads.rows++;
    reads.rowBytes += read;
    return this.#row.toString('utf8', 0, read).replace(/\r?\n$/, '');
  }

  async close(): Promise<void> {
    this.#opened.index?.close();
    await this.#opened.file.close();
  }
}

/** What a row says, if it is one of a fix. */
function rowIn(raw: string, columns: Columns): Row | undefined {
  const fields = fieldsIn(raw);
  const fix = fields && parseFix({ fields, line: 0, raw }, columns, { maxClockAhead: Infinity });
  return !fix || isRejected(fix) ? undefined : { fix, fields };
}

/** The fields of a row. */
function fieldsIn(raw: string): readonly string[] | undefined {
  try {
    return parseRow(raw);
  } catch {
    return undefined; // a quote is not closed
  }
}
