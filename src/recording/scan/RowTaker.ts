import { isUtf8 } from 'node:buffer';
import { viewed } from '../../csv/copyBytes.js';
import type { Dialect } from '../../csv/Dialect.js';
import { plainRows } from '../../csv/plainRows.js';
import { Block } from '../../csv/Block.js';
import type { Columns } from '../../domain/columns.js';
import { isRejected, parseFix, type Rejected } from '../../domain/fix.js';
import { byteFault } from './byteFault.js';
import type { FixRecords } from '../FixRecords.js';
import type { FormatRow } from '../formats/Source.js';
import { PlainScanner, type PlainReading } from './PlainScanner.js';

const LF = 10;
/** What csv-parse makes of bytes that are not UTF-8. */
const NO_CHARACTER = '\ufffd';
/** A row that is a fix has two times of 16 characters, three fields of one at least, and what is between them, but for short times. */
export const SHORTEST_FIX = 39;

/** Where fixes go. */
export interface Into {
  readonly records: FixRecords;
  /** The columns of the file, the extra ones in the order of the records; those that it does not have stand at -1. */
  readonly columns: Columns;
  /** Told of each row that is not a fix. */
  readonly rejected: (row: Rejected) => void;
}

/** Takes the rows of a file into records, and rejects those that are not fixes. */
export class RowTaker {
  readonly #into: Into;
  readonly #dialect: Dialect;
  readonly #reading: PlainReading;
  readonly #scanner: PlainScanner;

  constructor(into: Into, dialect: Dialect, reading: PlainReading) {
    this.#into = into;
    this.#dialect = dialect;
    this.#reading = reading;
    this.#scanner = new PlainScanner(into.columns, dialect.delimiter, reading, into.records.devices);
  }

  /** Takes a row. @param source its bytes, if there are any */
  row(row: FormatRow & { readonly source?: Buffer }): void {
    const { columns, records, rejected } = this.#into;
    const fault = row.fault ?? (row.fields.some(hasNoCharacter) && row.source && !isUtf8(row.source) ? byteFault(row.source) : undefined);
    if (fault !== undefined) {
      rejected({ line: row.line, reason: fault, record: row.raw });
      return;
    }
    const parsed = parseFix(row, columns, this.#reading);
    if (isRejected(parsed)) rejected(parsed);
    else records.add(parsed);
  }

  /** Takes the rows of a block without quotes. */
  block(block: Block): void {
    if (!isUtf8(block.bytes)) {
      this.#lines(block);
      return;
    }
    const { records } = this.#into;
    const { bytes, line, start } = block;
    const source = viewed(bytes);
    const end = bytes.lastIndexOf(LF) + 1;
    let lines = 0;
    for (let at = 0; at < bytes.length; lines++) {
      const { rows } = records;
      records.makeRoom(Math.ceil((end - at) / SHORTEST_FIX), end - at);
      at = this.#scanner.scan(source, at, end, records);
      lines += records.rows - rows;
      if (at === bytes.length) break;
      const next = bytes.indexOf(LF, at) + 1 || bytes.length;
      for (const row of plainRows(new Block(bytes.subarray(at, next), start + at, line + lines), this.#dialect)) this.row(row);
      at = next;
    }
    block.lines = lines;
  }

  /** Takes the rows of a block that is not all UTF-8, line by line. */
  #lines({ bytes, start, line }: Block): void {
    for (let at = 0, next, number = line; at < bytes.length; at = next, number++) {
      next = bytes.indexOf(LF, at) + 1 || bytes.length;
      const one = bytes.subarray(at, next);
      if (isUtf8(one)) this.block(new Block(one, start + at, number));
      else this.#into.rejected({ line: number, reason: byteFault(one), record: one.toString().replace(/\r?\n$/, '') });
    }
  }
}

function hasNoCharacter(field: string): boolean {
  return field.includes(NO_CHARACTER);
}
