import { constants } from 'node:fs';
import { openRegular } from '../csv/openRegular.js';
import type { Cursor } from '../domain/Appended.js';
import type { LogPaths } from '../log/paths.js';
import type { Turns } from '../rx/Turns.js';
import { MAX_ROWS } from './appendedAfter.js';
import { parseCursor } from './LogCursor.js';
import { readAppended, type AppendedRows } from './readAppended.js';

export interface LateRowsOptions {
  /** From this byte on, where a row starts. Default: all. */
  readonly from?: number | undefined;
  /** Lets others have their turn between rows. Default: nobody. */
  readonly turns?: Turns | undefined;
}

/** The rows of the late file of a log up to a cursor, 4,096 at most at once. @throws FileError if it cannot be read */
export async function* lateRows(
  { late }: LogPaths,
  upTo: Cursor,
  { from = 0, turns }: LateRowsOptions = {},
): AsyncGenerator<AppendedRows, void, undefined> {
  const end = parseCursor(upTo)?.late ?? 0;
  if (end <= from) return;
  const file = await openRegular('read', late, constants.O_RDONLY);
  try {
    for (let at = from; at < end; ) {
      const read = await readAppended(late, file, at, { max: MAX_ROWS, upTo: end, turns });
      if (read.to === at) return;
      yield read;
      at = read.to;
    }
  } finally {
    await file.close();
  }
}
