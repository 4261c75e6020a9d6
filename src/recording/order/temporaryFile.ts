import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { clearFiles } from '../../csv/clearFiles.js';
import { FileError } from '../../csv/FileError.js';

/** What is left behind of one by a process that was killed before it took its name. */
const LEFT = /^\.lastfix-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;
/** It holds parts of a recording, which may be nobody else's business. */
const OWNER_ONLY = 0o600;

/**
 * Opens a file in a folder for what does not fit into memory. It has no name from its first moment on, so that
 * whatever ends the process, the system takes it away, and only who runs it can open it until then.
 *
 * @param needed how many bytes it will take
 * @throws FileError if they are not free, or the file cannot be made.
 */
export async function temporaryFile(folder: string, needed: number): Promise<FileHandle> {
  await FileError.attempt('make the folder', folder, mkdir(folder, { recursive: true }));
  const { bavail, bsize } = await FileError.attempt('make a temporary file in', folder, statfs(folder));
  if (needed > bavail * bsize)
    throw new FileError(
      `${folder} has ${mebibytes(bavail * bsize)} MiB free, and sorting takes about ${mebibytes(needed)} MiB there: make room, or choose another folder with --tmp`,
    );
  const path = join(folder, `.lastfix-${randomUUID()}.tmp`);
  await clearFiles(folder, (name) => LEFT.test(name));
  const file = await FileError.attempt('make a temporary file in', folder, open(path, 'wx+', OWNER_ONLY));
  await FileError.attempt('remove the name of', path, rm(path, { force: true })); // another may have cleared it by now
  return file;
}

function mebibytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en-US');
}
