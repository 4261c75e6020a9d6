import { lstat } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { openCsv } from '../csv/openCsv.js';
import { LATE_COLUMNS } from '../domain/columns.js';
import { LOG_FILES, type LogFile, type LogPaths } from './paths.js';
import { LOG_HEADER, REJECTED_HEADER } from './rows.js';

/** Whether a header is that of each file. */
const IS_HEADER: Record<LogFile, (header: readonly string[]) => boolean> = {
  changes: (header) => startsWith(header, LOG_HEADER) && !endsWith(header, LATE_COLUMNS),
  late: (header) => startsWith(header, LOG_HEADER) && endsWith(header, LATE_COLUMNS),
  rejected: (header) => header.join() === REJECTED_HEADER.join(),
};
const startsWith = (header: readonly string[], names: readonly string[]) => header.slice(0, names.length).join() === names.join();
const endsWith = (header: readonly string[], names: readonly string[]) => header.slice(-names.length).join() === names.join();

export interface CheckReplaceableOptions {
  /** Take any file for one of a log: who resumes a run compares all of it, and may find its header torn. Default: false. */
  readonly anyHeader?: boolean;
}

/**
 * Makes sure that a run may replace the three files of a log: each is missing, empty, or has the header
 * that lastfix writes, and stands there itself.
 *
 * @returns the paths of those that hold something.
 * @throws FileError for the first that must not be replaced. Nothing is changed either way.
 */
export async function checkReplaceable(paths: LogPaths, { anyHeader = false }: CheckReplaceableOptions = {}): Promise<readonly string[]> {
  const holding: string[] = [];
  const others: { path: string; dev: number; ino: number }[] = [];
  for (const kind of LOG_FILES) {
    const path = paths[kind];
    const found = await seen(path);
    if (!found) continue;
    if (found.isSymbolicLink()) throw new FileError(`${path} is a link, and links are not followed here: remove it, or choose another --output`);
    if (found.isDirectory()) throw new FileError(`${path} is a folder: name a file in it as the output`);
    if (!found.isFile()) throw new FileError(`${path} is not a regular file: choose another --output`);
    const twin = others.find(({ dev, ino }) => dev === found.dev && ino === found.ino);
    if (twin) throw new FileError(`${path} and ${twin.path} are one file: remove the link, or choose another --output`);
    others.push({ path, dev: found.dev, ino: found.ino });
    if (found.size === 0) continue;
    if (!anyHeader && !(await hasHeader(path, kind))) {
      throw new FileError(`${path} was not written by lastfix (it has another header): move it away, or choose another --output`);
    }
    holding.push(path);
  }
  return holding;
}

/** What stands at a path itself; `undefined` if nothing does. */
async function seen(path: string) {
  try {
    return await lstat(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw FileError.cannot('write', path, cause);
  }
}

async function hasHeader(path: string, kind: LogFile): Promise<boolean> {
  try {
    const { header, batches } = await openCsv(path, (names) => names, { regular: true });
    await batches.return();
    return IS_HEADER[kind](header);
  } catch (cause) {
    if (cause instanceof FileError && cause.cause === undefined) return false; // no CSV at all
    throw cause;
  }
}
