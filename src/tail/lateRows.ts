import { constants } from 'node:fs';
import { openRegular } from '../csv/openRegular.js';
import type { Cursor, LateFix } from '../domain/Appended.js';
import type { LogPaths } from '../log/paths.js';
import type { Turns } from '../rx/Turns.js';
import { MAX_ROWS } from './appendedAfter.js';
import { parseCursor } from './LogCursor.js';
import { readAppended } from './readAppended.js';

/** The rows of the late file of a log up to a cursor, 4,096 at most at once. @throws FileError if it cannot be read */
export async function* lateRows(
  { late }: LogPaths,
  upTo: Cursor,
  turns?: Turns,
): AsyncGenerator<readonly LateFix[], void, undefined> {
  const end = parseCursor(upTo)?.late ?? 0;
  if (end === 0) return;
  const file = await openRegular('read', late, constants.O_RDONLY);
  try {
    for (let at = 0; at < end; ) {
      const { rows, to } = await readAppended(late, file, at, { max: MAX_ROWS, upTo: end, turns });
      if (to === at) return;
      yield rows;
      at = to;
    }
  } finally {
    await file.close();
  }
}
