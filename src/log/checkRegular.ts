import { stat } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';

/**
 * Makes sure that a path that a run needs for itself leads to a regular file or to none: from a FIFO one would
 * read for ever.
 *
 * @throws FileError if it leads to anything else.
 */
export async function checkRegular(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw FileError.cannot('read', path, cause);
  });
  if (found && !found.isFile()) throw new FileError(`${path} is no regular file: move it away, or choose another output`);
}
