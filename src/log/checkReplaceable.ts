import { stat } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { LATE_COLUMNS } from '../domain/columns.js';
import type { LogPaths } from './paths.js';
import { LOG_HEADER, REJECTED_HEADER } from './rows.js';

/** What the header of each file starts with, and ends with. */
const HEADERS: Record<keyof LogPaths, { readonly start: readonly string[]; readonly end: readonly string[] }> = {
  changes: { start: LOG_HEADER, end: [] },
  late: { start: LOG_HEADER, end: LATE_COLUMNS },
  rejected: { start: REJECTED_HEADER, end: REJECTED_HEADER },
};

/**
 * Makes sure that a run may replace the three files of a log: each is missing, empty, or has the header
 * that lastfix writes, and none is the run's own input.
 *
 * @returns the paths of those that hold something.
 * @throws FileError for the first that must not be replaced. Nothing is changed either way.
 */
export async function checkReplaceable(paths: LogPaths, input?: string): Promise<readonly string[]> {
  const source = input === undefined ? undefined : await identity(input);
  const holding: string[] = [];
  for (const kind of ['changes', 'late', 'rejected'] as const) {
    const path = paths[kind];
    const found = await identity(path);
    if (!found) continue;
    if (found.isDirectory()) throw new FileError(`${path} is a folder: name a file in it as the output`);
    if (found.dev === source?.dev && found.ino === source.ino) {
      throw new FileError(`${path} is the input, which is never overwritten: choose another output`);
    }
    if (found.isFile() && found.size === 0) continue;
    if (!found.isFile() || !(await hasHeader(path, kind))) {
      throw new FileError(`${path} was not written by lastfix (it has another header): move it away, or choose another output`);
    }
    holding.push(path);
  }
  return holding;
}

/** Which file a path leads to, through whatever links; `undefined` if to none. */
async function identity(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw FileError.cannot('write', path, cause);
  }
}

async function hasHeader(path: string, kind: keyof LogPaths): Promise<boolean> {
  const { start, end } = HEADERS[kind];
  try {
    const { header, batches } = await openCsv(path, (names) => names);
    await batches.return();
    return header.slice(0, start.length).join() === start.join() && header.slice(header.length - end.length).join() === end.join();
  } catch (cause) {
    if (cause instanceof FileError) return false; // no CSV at all
    throw cause;
  }
}
