import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { readBlocks } from '../csv/readBlocks.js';
import { readHeader } from '../csv/readHeader.js';
import { readRows } from '../csv/readRows.js';
import { findLogColumns, LATE_COLUMNS } from '../domain/columns.js';
import { isRejected, parseFix, type Fix } from '../domain/fix.js';
import type { Turns } from '../rx/Turns.js';
import { fixObject } from '../domain/fixObject.js';

/** So many rows are made news of at once. */
const AT_ONCE = 256;

/** A row of a log or late file. */
export interface NewsRow {
  readonly fix: Fix;
  /** In a late file. */
  readonly reason: string | undefined;
  /** As JSON; of the late file with `reason` and `latest_event_time`. */
  readonly json: string;
}

/** Rows, and where the last of them ends. */
export interface News {
  readonly rows: readonly NewsRow[];
  readonly to: number;
}

export interface ReadNewsOptions {
  /** At most so many rows. */
  readonly most: number;
  /** Up to this byte. Default: to the end. */
  readonly upTo?: number | undefined;
  /** Rows are made news of when it is their turn. */
  readonly turns: Turns;
}

/**
 * The whole rows of an open log or late file from a byte on where one starts.
 *
 * @throws FileError as `openCsv` does, or for a row that is no fix
 */
export async function readNews(
  path: string,
  file: FileHandle,
  from: number,
  { most, upTo = Infinity, turns }: ReadNewsOptions,
): Promise<News> {
  const options = { file, wholeLinesOnly: true };
  const rows: NewsRow[] = [];
  let to = from;
  if ((await file.stat()).size <= from || (from === 0 && !(await hasWholeLine(path, file)))) return { rows, to };
  const columns = await readHeader(path, findLogColumns, options);
  const extra = columns.extra.map(({ name }) => name);
  const late = columns.count - columns.extra.length > 6 ? LATE_COLUMNS : [];
  const batches = from > 0 ? readRows(path, { ...options, start: from }) : (await openCsv(path, findLogColumns, options)).batches;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows.length >= most || row.start + row.bytes > upTo) return { rows, to };
      const fix = parseFix(row, columns, { maxClockAhead: Infinity });
      if (isRejected(fix))
        throw new FileError(`${path}: after byte ${to}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`);
      const more: Partial<Record<string, string>> = Object.fromEntries(
        late.map((name, i) => [name, row.fields[columns.count - late.length + i]]),
      );
      rows.push({ fix, reason: more['reason'], json: JSON.stringify({ ...fixObject(fix, extra), ...more }) });
      to = row.start + row.bytes;
      if (rows.length % AT_ONCE === 0) await turns.next();
    }
  }
  return { rows, to };
}

async function hasWholeLine(path: string, file: FileHandle): Promise<boolean> {
  if ((await file.stat()).size === 0) return false;
  const blocks = readBlocks(path, { file, wholeLinesOnly: true });
  const { done } = await blocks.next();
  await blocks.return();
  return !done;
}
