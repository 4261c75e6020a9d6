import { readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError } from '../index.js';

/** How a file of statistics starts. */
const START = '{\n  "lastfix":';

/**
 * Makes sure that the report may be written to a file: it is new, empty, or a report of an earlier run, and
 * none of the files that the run reads and writes.
 *
 * @throws FileError if it must not be replaced.
 */
export async function checkStatsFile(path: string, others: readonly string[]): Promise<void> {
  const place = await placeOf(path);
  const places = await Promise.all(others.map(placeOf));
  if (places.includes(place)) throw new FileError(`${path} is a file of the run itself: write the report to another`);
  try {
    const found = await stat(path);
    if (found.isFile() && (found.size === 0 || (await readFile(path, 'utf8')).startsWith(START))) return;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw FileError.cannot('write', path, cause);
  }
  throw new FileError(`${path} is no report of lastfix: write the report to another file`);
}

/** Where a path leads through all links, whether there is a file or not. */
async function placeOf(path: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined);
  if (target !== undefined) return placeOf(resolve(dirname(path), target));
  return realpath(dirname(path)).then((real) => join(real, basename(path)), () => resolve(path));
}
