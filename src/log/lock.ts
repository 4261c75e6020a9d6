import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import { FileError } from '../csv/FileError.js';
import { checkRegular } from './checkRegular.js';
import { withoutZeros } from './withoutZeros.js';

/** How a lock file starts, so that no other file is taken for one. */
const START = 'lastfix: ';

/** The right to write a log, which nobody else has. */
export interface Lock {
  /** Gives the right up, and takes the file away. */
  release(): Promise<void>;
}

/**
 * Takes the right to write what the lock file at `path` stands for.
 *
 * It is a lock of the operating system on that file (OFD on Linux, flock on macOS, LockFileEx on Windows): it
 * goes with its process, however that ends, so a file left by a killed run is no lock. It holds between users,
 * between containers that share the folder, and between machines as far as the file system's locks do.
 *
 * @returns `undefined` where the package that knows these locks does not run.
 * @throws FileError if another run has it, or the file is not one of lastfix or cannot be written.
 */
export async function lock(path: string): Promise<Lock | undefined> {
  const extensions = await import('fs-native-extensions').catch(() => undefined); // has no build for Alpine's libc, for one
  if (!extensions) return undefined;
  for (;;) {
    await checkRegular(path);
    const handle = await FileError.attempt('lock', path, open(path, 'a+'));
    try {
      const text = withoutZeros(await handle.readFile('utf8'));
      if (text !== '' && !text.startsWith(START)) throw new FileError(`${path} was not written by lastfix: move it away, or choose another output`);
      if (!extensions.default.tryLock(handle.fd)) {
        throw new FileError(`${path}: ${text.slice(START.length).trim() || 'another run'} is writing this log: wait until it ends, or choose another output`);
      }
      if ((await handle.stat()).nlink > 0) return await owned(path, handle, text === '');
    } catch (cause) {
      await handle.close();
      throw cause instanceof FileError ? cause : FileError.cannot('lock', path, cause);
    }
    await handle.close(); // its owner took it away after it was opened here: try the next
  }
}

async function owned(path: string, handle: FileHandle, isNew: boolean): Promise<Lock> {
  if (isNew) await handle.chmod(0o666).catch(() => undefined); // who may write the folder may take it over, but for one left empty by another
  await handle.truncate();
  await handle.write(`${START}process ${pid} on ${hostname()}\n`);
  return {
    async release() {
      const [own, there] = await Promise.all([handle.stat(), stat(path).catch(() => undefined)]);
      const moved = own.dev !== there?.dev || own.ino !== there.ino; // with its folder, say: what is there now is another's
      if (!moved) await rm(path, { force: true }).catch(() => undefined); // still held here; if it stays, it is no lock
      await handle.close();
    },
  };
}
