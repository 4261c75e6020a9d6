import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { readBlocks } from '../csv/readBlocks.js';
import { readHeader } from '../csv/readHeader.js';
import { readRows } from '../csv/readRows.js';
import type { LateFix } from '../domain/Appended.js';
import { LATE_COLUMNS, LOG_COLUMNS } from '../domain/columns.js';
import { findLogColumns } from '../domain/findLogColumns.js';
import { isRejected, parseFix } from '../domain/fix.js';
import type { Turns } from '../rx/Turns.js';

/** Rows that are made fixes of in one turn. */
const ROWS_A_TURN = 256;

/**
 * Rows of a log or late file, and where the last of them ends, in bytes. Those of a log have no reason and no latest
 * event time: both are empty.
 */
export interface AppendedRows {
  readonly rows: readonly LateFix[];
  readonly to: number;
}

export interface ReadAppendedOptions {
  /** Rows at most. */
  readonly max: number;
  /** Up to this byte. Default: to the end. */
  readonly upTo?: number | undefined;
  /** Lets others have their turn between rows. Default: nobody. */
  readonly turns?: Turns | undefined;
}

/**
 * The whole rows of an open log or late file from a byte on where one starts.
 *
 * @throws FileError as `openCsv` does, or for a row that is not a fix
 */
export async function readAppended(
  path: string,
  file: FileHandle,
  from: number,
  { max, upTo = Infinity, turns }: ReadAppendedOptions,
): Promise<AppendedRows> {
  const options = { file, wholeLinesOnly: true };
  const rows: LateFix[] = [];
  let to = from;
  const { size } = await file.stat();
  if (size <= from || (from === 0 && !(await hasWholeLine(path, file)))) return { rows, to };
  const columns = await readHeader(path, findLogColumns, options);
  const extra = columns.extra.map(({ name }) => name);
  const isLate = columns.count - extra.length > Object.keys(LOG_COLUMNS).length;
  const batches = from > 0 ? readRows(path, { ...options, start: from }) : (await openCsv(path, findLogColumns, options)).batches;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows.length >= max || row.start + row.bytes > upTo) return { rows, to };
      const fix = parseFix(row, columns, { maxClockAhead: Infinity });
      if (isRejected(fix))
        throw new FileError(`${path}: after byte ${to}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`);
      const [reason = '', latestEventTime = ''] = isLate ? row.fields.slice(-LATE_COLUMNS.length) : [];
      rows.push({ fix, extra, reason, latestEventTime });
      to = row.start + row.bytes;
      if (rows.length % ROWS_A_TURN === 0) await turns?.next();
    }
  }
  return { rows, to };
}

/** Whether its header is there, or is just being written. */
async function hasWholeLine(path: string, file: FileHandle): Promise<boolean> {
  const blocks = readBlocks(path, { file, wholeLinesOnly: true });
  const { done } = await blocks.next();
  await blocks.return();
  return !done;
}
