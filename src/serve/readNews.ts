import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { readBlocks } from '../csv/readBlocks.js';
import { readHeader } from '../csv/readHeader.js';
import { readRows } from '../csv/readRows.js';
import { findLogColumns, LATE_COLUMNS } from '../domain/columns.js';
import { isRejected, parseFix, type Fix } from '../domain/fix.js';
import { fixObject } from './fixObject.js';

/** A row of a log or late file. */
export interface NewsRow {
  readonly fix: Fix;
  /** As JSON has it; of the late file with `reason` and `latest_event_time`. */
  readonly object: ReturnType<typeof fixObject> & { readonly reason?: string };
}

/** Rows, and where the last of them ends. */
export interface News {
  readonly rows: readonly NewsRow[];
  readonly to: number;
}

/**
 * The whole rows of an open log or late file from a byte on where one starts, at most `most`, and up to a byte.
 *
 * @throws FileError as `openCsv` does, or for a row that is no fix
 */
export async function readNews(path: string, file: FileHandle, from: number, most: number, upTo = Infinity): Promise<News> {
  const options = { file, wholeLinesOnly: true };
  const rows: NewsRow[] = [];
  let to = from;
  if ((await file.stat()).size <= from || (from === 0 && !(await hasWholeLine(path, file)))) return { rows, to };
  const columns = await readHeader(path, findLogColumns, options);
  const further = columns.further.map(({ name }) => name);
  const extra = columns.count - columns.further.length > 6 ? LATE_COLUMNS : [];
  const batches = from > 0 ? readRows(path, { ...options, start: from }) : (await openCsv(path, findLogColumns, options)).batches;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows.length >= most || row.start + row.bytes > upTo) return { rows, to };
      const fix = parseFix(row, columns, { maxClockAhead: Infinity });
      if (isRejected(fix)) throw new FileError(`${path}: after byte ${to}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`);
      const more = extra.map((name, i): [string, string] => [name, row.fields[columns.count - extra.length + i]!]);
      rows.push({ fix, object: { ...fixObject(fix, further), ...(Object.fromEntries(more) as Record<string, string>) } });
      to = row.start + row.bytes;
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
