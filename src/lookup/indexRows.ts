import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { CsvBatches } from '../csv/CsvRow.js';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { readRows } from '../csv/readRows.js';
import { DeviceIds } from '../domain/DeviceIds.js';
import { LATE_COLUMNS, LOG_COLUMNS, type Columns } from '../domain/columns.js';
import { isRejected, parseFix } from '../domain/fix.js';
import { CHANGE, CONFLICT, DUPLICATE, LATE, VERDICTS } from '../domain/latest.js';
import { crcOf } from './crcOf.js';
import { SegmentBuilder } from './SegmentBuilder.js';

export interface IndexRowsOptions {
  readonly path: string;
  readonly file: FileHandle;
  readonly columns: Columns;
  /** Where the first row starts, in bytes; 0 for the first of the file. */
  readonly from: number;
  /** The CRC-32 of all of the file before it. */
  readonly crc: number;
  /** Called with each batch of rows that was read, and the byte at which it ended. */
  readonly read: (rows: number, to: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * The segments of an index for the whole rows of a log from a byte on, as they are full; the last may not be.
 * Each is good until the next is asked for.
 * @throws FileError as `openCsv` does, or for a row that is not a fix.
 */
export async function* indexRows(options: IndexRowsOptions): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* segmentsFrom(options);
  } catch (error) {
    // which counts its lines from the first
    if (error instanceof FileError && options.from > 0) await drain(segmentsFrom({ ...options, from: 0 }));
    throw error;
  }
}

async function drain(generator: AsyncGenerator): Promise<void> {
  while (!(await generator.next()).done);
}

async function* segmentsFrom({ path, file, columns, from, crc, read, signal }: IndexRowsOptions): AsyncGenerator<Buffer, void, undefined> {
  const devices = new DeviceIds();
  const isLate = columns.count - columns.extra.length > Object.keys(LOG_COLUMNS).length;
  const builder = new SegmentBuilder();
  builder.begin(from);
  const built = async () => {
    crc = await crcOf(file, builder.from, builder.to, crc);
    const steps = builder.buildInSteps(crc);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await setImmediate(); // at once it would hold the thread of a server
    builder.begin(builder.to);
    return step.value;
  };
  for await (const rows of await rowsFrom(path, file, from, signal)) {
    for (const row of rows) {
      const fix = parseFix(row, columns, { maxClockAhead: Infinity });
      if (isRejected(fix))
        throw new FileError(`${path}:${fix.line}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`);
      const { event, arrival } = fix;
      const entry = { event, arrival, start: row.start, bytes: row.bytes };
      builder.addRow(devices.numberOfText(fix.device), devices, entry, isLate ? lateVerdict(row.fields) : CHANGE);
      if (builder.isFull) yield await built();
    }
    builder.prepare();
    read(rows.length, builder.to);
  }
  if (builder.rows > 0) yield await built();
}

async function rowsFrom(path: string, file: FileHandle, start: number, signal: AbortSignal | undefined): Promise<CsvBatches> {
  const options = { file, wholeLinesOnly: true, signal };
  return start > 0 ? readRows(path, { ...options, start }) : (await openCsv(path, (header) => header, options)).batches;
}

/** Why a row of a late file was no change: by its place in `VERDICTS`. What is not known is late. */
function lateVerdict(fields: readonly string[]): number {
  const reason = fields.at(-LATE_COLUMNS.length);
  return reason === VERDICTS[DUPLICATE] ? DUPLICATE : reason === VERDICTS[CONFLICT] ? CONFLICT : LATE;
}
