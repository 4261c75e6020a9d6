import { constants } from 'node:fs';
import { lstat, rm, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { FileError } from '../csv/FileError.js';
import { openRegular } from '../csv/openRegular.js';
import { withoutZeros } from './withoutZeros.js';

/** How a lock file starts, so that no other file is taken for one. */
const START = 'lastfix: ';
/** No lock file has more bytes. */
const MAX_BYTES = 512;
/** Whoever may open a file can hold its lock: only those who may write it are to, by the umask, and they may read it then. */
const WRITERS_ONLY = 0o622;
const WRITE_BITS = 0o022;

/** Whoever looks whether a log is being written has its lock for some microseconds: how often, and after how many ms, it is tried again. */
const TRIES = 25;
const AGAIN_MILLIS = 10;

/** The right to write a log, which nobody else has. */
export interface Lock {
  /** Gives the right up, and takes the file away if it is a lock file. */
  release(): Promise<void>;
}

/**
 * Takes the right to write what the lock file at `path` stands for.
 *
 * It is a lock of the operating system on that file (OFD on Linux, flock on macOS, LockFileEx on Windows): it
 * goes with its process, however that ends, so a file left by a killed run is no lock. It holds between users,
 * between containers that share the folder, and between machines as far as the file system's locks do. A file
 * that holds something else serves as well, and is left as it is.
 *
 * @returns `undefined` where the package that knows these locks does not run.
 * @throws FileError if another run has it, or there is no regular file that can be opened.
 */
export async function lock(path: string): Promise<Lock | undefined> {
  const extensions = await import('fs-native-extensions').catch(() => undefined); // has no build for Alpine's libc, for one
  if (!extensions) return undefined;
  for (;;) {
    const handle = await opened(path);
    if (!handle) continue; // its owner took it away before it was opened here
    try {
      const text = await textOf(handle);
      if (!(await isGranted(() => extensions.default.tryLock(handle.fd))))
        throw new FileError(`${path}: ${ownerIn(text)} is writing this log: wait until it ends, or choose another --output`);
      const { nlink } = await handle.stat();
      if (nlink > 0) return await owned(path, handle, nlink === 1 && isLock(text));
    } catch (cause) {
      await handle.close();
      throw cause instanceof FileError ? cause : FileError.cannot('lock', path, cause);
    }
    await handle.close(); // ... or after it was
  }
}

async function isGranted(tryLock: () => boolean): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    if (tryLock()) return true;
    if (tries === TRIES) return false;
    await setTimeout(AGAIN_MILLIS);
  }
}

/** Makes the file, or opens the one that is there; `undefined` if that has just gone. */
async function opened(path: string): Promise<FileHandle | undefined> {
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  try {
    const handle = await openRegular('lock', path, O_RDWR | O_CREAT | O_EXCL, WRITERS_ONLY);
    const { mode } = await handle.stat();
    // not every file system knows rights
    if (mode & WRITE_BITS) await handle.chmod((mode & 0o777) | ((mode & WRITE_BITS) << 1)).catch(() => undefined);
    return handle;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return openRegular('lock', path, O_RDWR).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) !== 'EACCES') throw error;
    throw new FileError(
      `${path} belongs to another user, who may be writing this log: wait until that has ended (if nothing is running, have the file removed), or choose another --output`,
      { cause: error },
    );
  });
}

async function owned(path: string, handle: FileHandle, isOwn: boolean): Promise<Lock> {
  if (isOwn) {
    await handle.truncate();
    await handle.write(`${START}process ${pid} on ${hostname()}\n`, 0);
  }
  return {
    async release() {
      const [own, there] = await Promise.all([handle.stat(), lstat(path).catch(() => undefined)]);
      const moved = own.dev !== there?.dev || own.ino !== there.ino; // with its folder, say: what is there now is another's
      if (isOwn && !moved) await rm(path, { force: true }).catch(() => undefined); // still held here; if it stays, it is no lock
      await handle.close();
    },
  };
}

/** What a file holds, or the beginning of it, if that is too long for a lock file. */
async function textOf(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Whether a lock file holds this, or one that a power cut left its zeros in. */
function isLock(text: string): boolean {
  const left = withoutZeros(text);
  return text.length <= MAX_BYTES && (left === '' || left.startsWith(START));
}

function ownerIn(text: string): string {
  return (isLock(text) && withoutZeros(text).slice(START.length).trim()) || 'another run';
}

function codeOf(error: unknown): string | undefined {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
}
