import type { FileHandle } from 'node:fs/promises';
import type { Appended, Cursor } from '../domain/Appended.js';
import { openTogether } from '../log/openTogether.js';
import type { LogPaths } from '../log/paths.js';
import { bytesBefore } from '../lookup/bytesBefore.js';
import type { Turns } from '../rx/Turns.js';
import { contentOf, formatCursor, parseCursor, type LogCursor } from './LogCursor.js';
import { openFiles, type TailFiles } from './openFiles.js';
import { readAppended } from './readAppended.js';

/** Rows of each file at most: what is more comes after them. */
export const MAX_ROWS = 4096;
const LF = 10;
const NONE = { rows: [], to: 0 };

export interface AppendedAfterOptions {
  /** Whether the late file is read, too. The cursors of one way are none of the other. Default: true. */
  readonly withLate?: boolean | undefined;
  /** Up to this cursor. Default: to the end. */
  readonly upTo?: Cursor | undefined;
  /** Lets others have their turn between rows. Default: nobody. */
  readonly turns?: Turns | undefined;
}

/**
 * What was appended to a log after a cursor; `reset` if that is in another log or amid a row; `undefined` if there is
 * nothing new. Holds 4,096 rows of each file.
 *
 * @throws FileError if a file cannot be read, or for a row that is not a fix
 */
export async function appendedAfter(
  paths: LogPaths,
  after: Cursor,
  { withLate = true, upTo, turns }: AppendedAfterOptions = {},
): Promise<Appended | undefined> {
  const { opened, run } = await openTogether(paths, withLate, () => openFiles(paths, withLate));
  const { changes, late } = opened;
  try {
    const from = parseCursor(after);
    if (!from || !(await isIn(opened, run, from))) {
      const start = formatCursor({ changes: 0, late: 0, run, content: contentOf(new Uint8Array()) });
      return { type: 'reset', from: after, to: start, changes: [], late: [], isFull: true };
    }
    const last = upTo === undefined ? undefined : parseCursor(upTo);
    const end = last?.run === run ? last : undefined;
    const changed = await readAppended(paths.changes, changes, from.changes, { max: MAX_ROWS, upTo: end?.changes, turns });
    const others = late ? await readAppended(paths.late, late, from.late, { max: MAX_ROWS, upTo: end?.late, turns }) : NONE;
    if (changed.rows.length + others.rows.length === 0) return undefined;
    const to = { changes: changed.to, late: others.to, run, content: contentBefore(opened, changed.to, others.to) };
    const isFull = changed.rows.length === MAX_ROWS || others.rows.length === MAX_ROWS;
    return { type: 'rows', from: after, to: formatCursor(to), changes: changed.rows, late: others.rows, isFull };
  } finally {
    await opened.close();
  }
}

/** Whether a cursor is in these files, of this run, and where rows end. */
async function isIn(files: TailFiles, run: string, cursor: LogCursor): Promise<boolean> {
  const { changes, late } = files;
  if (run !== cursor.run || !(await isRowEnd(changes, cursor.changes)) || (late && !(await isRowEnd(late, cursor.late)))) return false;
  return contentBefore(files, cursor.changes, cursor.late) === cursor.content;
}

function contentBefore({ changes, late }: TailFiles, to: number, lateTo: number): number {
  return contentOf(bytesBefore(changes.fd, to), late && bytesBefore(late.fd, lateTo));
}

/** Whether a row, or the header, ends at a byte of a file. */
async function isRowEnd(file: FileHandle, at: number): Promise<boolean> {
  return at === 0 || (at <= (await file.stat()).size && bytesBefore(file.fd, at).at(-1) === LF);
}
