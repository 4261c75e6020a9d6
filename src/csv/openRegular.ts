import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from './FileError.js';

/** Follow no link at the end of the path, and wait for nobody at the other end of a FIFO. Windows has neither flag. */
const ITSELF = constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** What the system says of a folder, and of a socket. */
const [FOLDER, SOCKET] = ['EISDIR', 'ENXIO'];

/**
 * Opens the regular file that stands at a path itself: where others may write to the folder, they could have put
 * there a link to another file, or what one would wait for.
 *
 * @param doWhat is to be done with it, for the message
 * @param flags as of open(2)
 * @param mode of a file that is made, less the umask
 * @throws FileError if there is a link or anything else there, or the system refuses: that is its cause then.
 */
export async function openRegular(doWhat: string, path: string, flags: number, mode = 0o666): Promise<FileHandle> {
  const handle = await open(path, flags | ITSELF, mode).catch((cause: unknown) => {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw new FileError(`${path} is a link, and links are not followed here: remove it, or choose another --output`);
    if (code === FOLDER || code === SOCKET) throw notRegular(path, code === FOLDER);
    throw FileError.cannot(doWhat, path, cause);
  });
  const found = await handle.stat();
  if (found.isFile()) return handle;
  await handle.close();
  throw notRegular(path, found.isDirectory());
}

function notRegular(path: string, isFolder: boolean): FileError {
  return new FileError(
    isFolder
      ? `${path} is a folder, not a file: move it away, or choose another path`
      : `${path} is not a regular file: move it away, or choose another path`,
  );
}
