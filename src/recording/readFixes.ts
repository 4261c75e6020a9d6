import { viewed } from '../csv/copyBytes.js';
import { FileError } from '../csv/FileError.js';
import { isPlain, plainRows } from '../csv/plainRows.js';
import { Block, readBlocks, type ReadBlocksOptions } from '../csv/readBlocks.js';
import type { Columns } from '../domain/columns.js';
import { isRejected, MAX_CLOCK_AHEAD, parseFix, type ParseFixOptions, type Rejected } from '../domain/fix.js';
import { Noticed } from '../domain/Noticed.js';
import type { FixRecords } from './FixRecords.js';
import { fromHeader } from './formats/fromHeader.js';
import type { Part } from './formats/Part.js';
import type { FormatRow } from './formats/Source.js';
import { LONGEST_RECORDED } from './longestRecorded.js';
import { PlainScanner, type PlainReading } from './PlainScanner.js';
import { timesOf } from './timesOf.js';

const LF = 10;
/** A row that is a fix has two times of 16 characters, three fields of one at least, and what is between them. */
export const SHORTEST_FIX = 39;

export interface ReadFixesOptions
  extends Pick<ReadBlocksOptions, 'seen' | 'signal'>,
    Pick<ParseFixOptions, 'maxClockAhead' | 'maxClockBehind' | 'noticed'> {
  /** Makes of the header what the rows are to be read by, or throws what is wrong with it. */
  readonly understand: (header: readonly string[]) => Understood;
  /** Told of each row that is no fix. */
  readonly rejected: (row: Rejected) => void;
}

/** By what the rows of a file are read. */
export interface Understood extends Pick<ParseFixOptions, 'times' | 'decimalComma' | 'unknownSpeeds'> {
  readonly columns: Columns;
  /** Where they are put. */
  readonly records: FixRecords;
}

/**
 * Reads the fixes of an input, or of a part of one, as records, in their order there, block by block: gives them
 * whenever one has been read, and goes on when asked. What is there then may be taken out.
 *
 * What a file means is what csv-parse and `parseFix` say; up to the first quote in it, `PlainScanner` says the
 * same of most lines, ten times as fast.
 *
 * @throws FileError as `openCsv` does.
 */
export async function* readFixes(
  part: Part,
  { understand, rejected, maxClockAhead = MAX_CLOCK_AHEAD, maxClockBehind = Infinity, noticed = new Noticed(), ...reading }: ReadFixesOptions,
): AsyncGenerator<FixRecords, void, undefined> {
  const { name: path } = part;
  const bounds = { maxClockAhead, maxClockBehind, noticed };
  let header: (Understood & PlainReading) | undefined;
  let scanner: PlainScanner | undefined;
  const take = (row: FormatRow) => {
    if (!header) {
      try {
        const understood = understand(row.fields);
        header = { ...bounds, ...understood, times: understood.times ?? timesOf({}) };
      } catch (cause) {
        throw new FileError(`${path}: ${(cause as Error).message}`, { cause });
      }
      scanner = new PlainScanner(header.columns, header, header.records.devices);
      return;
    }
    const parsed =
      row.fault === undefined ? parseFix(row, header.columns, header) : { line: row.line, reason: row.fault, record: row.raw };
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
  if (part.rows) {
    for await (const rows of part.kind === 'sheet' ? fromHeader(part.rows, understand) : part.rows) {
      for (const row of rows) take(row);
      if (header) yield header.records;
    }
    if (!header) throw new FileError(`${path} has no header line: the first must name the columns`);
    return;
  }
  const limits = { ...reading, ...part.csv, longest: LONGEST_RECORDED };
  const blocks = readBlocks(path, limits);
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
