import { fstat, stat } from 'node:fs';
import { promisify } from 'node:util';
import { FileError } from './FileError.js';

/** What the system says where a path leads to no file. */
const NONE = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/**
 * Which file a path leads to, through whatever links, or a descriptor is open on, as text; `undefined` if there is
 * none at the path.
 *
 * @throws FileError if that cannot be seen.
 */
export async function fileId(file: string | number): Promise<string | undefined> {
  try {
    const { dev, ino } = await (typeof file === 'string'
      ? promisify(stat)(file, { bigint: true })
      : promisify(fstat)(file, { bigint: true }));
    return `${dev}:${ino}`;
  } catch (cause) {
    if (NONE.includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw FileError.cannot('look at', typeof file === 'string' ? file : `descriptor ${file}`, cause);
  }
}
