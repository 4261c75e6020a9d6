import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openRegular } from '../csv/openRegular.js';
import type { LogPaths } from './paths.js';
import { RUN_ID } from './runFile.js';

/** How many characters of an id tell any two runs apart. */
const LENGTH = 16;
/** Within so many bytes of a run file is its id. */
const START = 128;

/** Which run the files of a log are of. */
export interface Which {
  /** Another text for another run, or for other files, also where they are at the same place of the disk. */
  readonly run: string;
  /** Whether a run is just replacing them: its run file comes last, under its lock. */
  readonly isChanging: boolean;
}

/**
 * Tells which run the log at a path, and its late file unless that does not matter, are of: by the id in the run file,
 * and by inodes and times of creation, since a log may have been moved here, or have no run file. Inodes alone would
 * not do: a file system may give that of a removed file to the next at once.
 */
export async function whichRun({ changes, late, run, lock }: LogPaths, withLate: boolean): Promise<Which> {
  const files = await Promise.all((withLate ? [changes, late] : [changes]).map(fileAt));
  const id = await idIn(run);
  const [runFile, locked] = [await fileAt(run), await fileAt(lock)];
  const text = [id, ...files].join();
  return { run: createHash('sha256').update(text).digest('hex').slice(0, LENGTH), isChanging: runFile === '' && locked !== '' };
}

/** The id in the run file at a path, as `formatRunFile` writes it; nothing if there is none, since its log may be asked all the same. */
async function idIn(path: string): Promise<string> {
  const file = await openRegular('read', path, constants.O_RDONLY).catch(() => undefined);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0);
    return RUN_ID.exec(buffer.toString('latin1', 0, bytesRead))?.[1] ?? '';
  } finally {
    await file.close();
  }
}

async function fileAt(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : '';
}
