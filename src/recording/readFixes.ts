import { viewed } from '../csv/copyBytes.js';
import { FileError } from '../csv/FileError.js';
import { isPlain, plainRows } from '../csv/plainRows.js';
import { Block, LONGEST_ROW, readBlocks, type ReadBlocksOptions } from '../csv/readBlocks.js';
import type { Columns } from '../domain/columns.js';
import { isRejected, MAX_CLOCK_AHEAD, parseFix, type ParseFixOptions, type Rejected, type Row } from '../domain/fix.js';
import type { FixRecords } from './FixRecords.js';
import { PlainScanner } from './PlainScanner.js';
import { isSheet, readSheet } from './readSheet.js';

const LF = 10;
/** A row that is a fix has two times of 16 characters, three fields of one at least, and what is between them. */
export const SHORTEST_FIX = 39;

/** No row of a recording is longer, so that that of a log, where quotes are doubled and times are longer, is none that cannot be read. */
const LONGEST_RECORDED = LONGEST_ROW / 4;

export interface ReadFixesOptions extends ReadBlocksOptions {
  /** As of `parseFix`. */
  readonly maxClockAhead?: ParseFixOptions['maxClockAhead'] | undefined;
  /** Makes of the header what the rows are to be read by, or throws what is wrong with it. */
  readonly understand: (header: readonly string[]) => { readonly columns: Columns; readonly records: FixRecords };
  /** Told of each row that is no fix. */
  readonly rejected: (row: Rejected) => void;
}

/**
 * Reads the fixes of a CSV file, which gzip may have packed, or of an Excel sheet as records, in the order of
 * the file, block by block: gives them whenever one has been read, and goes on when asked. What is there then may be
 * taken out.
 *
 * What a file means is what csv-parse and `parseFix` say; up to the first quote in it, `PlainScanner` says the
 * same of most lines, ten times as fast.
 *
 * @throws FileError as `openCsv` does.
 */
export async function* readFixes(
  path: string,
  { understand, rejected, maxClockAhead = MAX_CLOCK_AHEAD, ...reading }: ReadFixesOptions,
): AsyncGenerator<FixRecords, void, undefined> {
  let header: ReturnType<typeof understand> | undefined;
  let scanner: PlainScanner | undefined;
  const take = (row: Row) => {
    if (!header) {
      try {
        header = understand(row.fields);
      } catch (cause) {
        throw new FileError(`${path}: ${(cause as Error).message}`, { cause });
      }
      scanner = new PlainScanner(header.columns, maxClockAhead, header.records.devices);
      return;
    }
    const parsed = parseFix(row, header.columns, { maxClockAhead });
    if (isRejected(parsed)) rejected(parsed);
    else header.records.add(parsed);
  };
  const takePlain = (block: Block) => {
    const { bytes, line } = block;
    const source = viewed(bytes);
    const end = bytes.lastIndexOf(LF) + 1;
    let lines = 0;
    for (let at = 0; at < bytes.length; lines++) {
      if (scanner) {
        const { records } = header!;
        const { rows } = records;
        records.makeRoom(Math.ceil((end - at) / SHORTEST_FIX), end - at);
        at = scanner.scan(source, at, end, records);
        lines += records.rows - rows;
        if (at === bytes.length) break;
      }
      const next = bytes.indexOf(LF, at) + 1 || bytes.length;
      for (const row of plainRows(new Block(bytes.subarray(at, next), block.start + at, line + lines))) take(row);
      at = next;
    }
    block.lines = lines;
  };
  if (!reading.chunks && isSheet(path)) {
    const seen = (chunk: Buffer) => {
      reading.taken?.(chunk.length);
      reading.seen?.(chunk);
    };
    for (const row of await readSheet(path, seen)) take(row);
    if (header) yield header.records;
    else throw new FileError(`${path} has no header line: the first must name the columns`);
    return;
  }
  const limits = { ...reading, longest: LONGEST_RECORDED };
  const blocks = readBlocks(path, { ...limits, unpack: true });
  try {
    for (let next = await blocks.next(); !next.done; next = await blocks.next()) {
      if (!isPlain(next.value)) {
        const { quotedRows } = await import('../csv/quotedRows.js'); // csv-parse takes 10 ms to load
        for await (const rows of quotedRows(path, next.value, blocks, limits)) {
          for (const row of rows) take(row);
          if (header) yield header.records;
        }
        break;
      }
      takePlain(next.value);
      if (header) yield header.records;
    }
  } finally {
    await blocks.return();
  }
  if (!header) throw new FileError(`${path} has no header line: the first must name the columns`);
}
