import { pipeline } from 'node:stream';
import { CsvError, parse, type Parser } from 'csv-parse';
import type { CsvBatches, CsvRow } from './CsvRow.js';
import { RFC_4180, type Dialect } from './Dialect.js';
import { FileError } from './FileError.js';
import { LineWindow } from './LineWindow.js';
import { splitRow } from './splitRow.js';
import type { Block } from './Block.js';
import { LONGEST_ROW, MEBIBYTE, type ReadBlocksOptions } from './readBlocks.js';

const ROWS_A_BATCH = 1024;
const LAST_BLANK = /\s$/;

export interface QuotedRowsOptions extends ReadBlocksOptions {
  /** How the rows are written. Default: as RFC 4180 has it. */
  readonly dialect?: Dialect;
}

/**
 * The rows of a file from a block on that starts with a row, read by csv-parse. With `wholeLinesOnly`, a row
 * with an open quote at the end is left out; otherwise it is a `FileError`, as is a row over `longest`.
 */
export async function* quotedRows(
  path: string,
  first: Block,
  others: AsyncIterable<Block>,
  { wholeLinesOnly = false, longest = LONGEST_ROW, dialect = RFC_4180 }: QuotedRowsOptions = {},
): CsvBatches {
  const window = new LineWindow();
  async function* bytes() {
    window.add(first);
    yield first.bytes;
    for await (const block of others) {
      window.add(block);
      yield block.bytes;
    }
  }
  const parser = parse({
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longest,
    delimiter: dialect.delimiter,
    ltrim: dialect.trim, // what stands behind a field, it would only trim if it refused what is not well quoted
    escape: dialect.backslash ? '\\' : '"',
  });
  pipeline(bytes(), parser, () => undefined); // a failure reaches the loop below, through the parser

  let { line } = first;
  let rows: CsvRow[] = [];
  const add = (fields: readonly string[]) => {
    const row = new WindowRow(fields, line, 1 + lineBreaks(fields), window);
    if (dialect.trim && fields.some(isEndedByBlank)) row.fields = splitRow(row.raw, dialect) ?? fields;
    const isEmpty = fields.length === 1 && fields[0] === '' && (dialect.trim ? row.raw.trim() : row.raw) === '';
    if (!isEmpty) rows.push(row); // an empty line is no row
    line = row.next;
  };
  try {
    for await (const fields of parser as AsyncIterable<string[]>) {
      add(fields);
      if (rows.length < ROWS_A_BATCH) continue;
      yield rows;
      rows = [];
      window.forgetBefore(line);
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    for (let fields = readRow(parser); fields !== null; fields = readRow(parser)) add(fields); // the loop leaves them behind
    if (!(wholeLinesOnly && cause.code === 'CSV_QUOTE_NOT_CLOSED')) throw broken(path, line, longest, cause);
  }
  if (rows.length > 0) yield rows;
}

/** The next row of those that a parser has read, if there is one. */
function readRow(parser: Parser): readonly string[] | null {
  return parser.read() as readonly string[] | null;
}

class WindowRow implements CsvRow {
  fields: readonly string[];
  readonly line: number;
  readonly #lines: number;
  readonly #window: LineWindow;

  constructor(fields: readonly string[], line: number, lines: number, window: LineWindow) {
    this.fields = fields;
    this.line = line;
    this.#lines = lines;
    this.#window = window;
  }

  /** The line on which the row after it starts. */
  get next(): number {
    return this.line + this.#lines;
  }

  get raw(): string {
    return this.#window.text(this.line, this.#lines);
  }

  get source(): Buffer {
    return this.#window.bytes(this.line, this.#lines);
  }

  get start(): number {
    return this.#window.start(this.line);
  }

  get bytes(): number {
    return this.#window.start(this.next) - this.start;
  }
}

function isEndedByBlank(field: string): boolean {
  return LAST_BLANK.test(field);
}

function lineBreaks(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) count++;
  }
  return count;
}

function broken(path: string, line: number, longest: number, cause: CsvError): FileError {
  const what =
    cause.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is opened in this row and never closed: close it, or write it twice within quotes if it stands for itself'
      : cause.code === 'CSV_MAX_RECORD_SIZE'
        ? `a row longer than ${longest / MEBIBYTE} MiB: is a quote left open?`
        : cause.message;
  return new FileError(`${path}:${line}: ${what}`, { cause });
}
