import { getSystemErrorMap } from 'node:util';

/** What to do about what the operating system says. */
const ADVICE: Record<string, string> = {
  ENOENT: 'check the path',
  EISDIR: 'name a file, not a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'check its permissions',
  EPERM: 'check its permissions',
  EROFS: 'choose another place',
  ENOSPC: 'make room and run again, a replay with --resume',
  EDQUOT: 'make room and run again, a replay with --resume',
  EFBIG: 'raise the limit on the size of a file, and go on with --resume',
  EMFILE: 'close other files or raise the limit',
};

/** A file that cannot be used. The message says what, which file and line, and what to do; it needs no stack trace. */
export class FileError extends Error {
  override readonly name = 'FileError';

  /** Awaits something done with a file. @throws FileError if it could not be done. */
  static async attempt<T>(doWhat: string, path: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw FileError.cannot(doWhat, path, cause);
    }
  }

  /** The operating system refused to do something with a file. */
  static cannot(doWhat: string, path: string, cause: unknown): FileError {
    const { errno = 0, code = '', message } = cause as NodeJS.ErrnoException;
    const [name, meaning] = getSystemErrorMap().get(errno) ?? [];
    const words = name === code ? meaning : message; // zlib has numbers of its own
    const advice = ADVICE[code];
    return new FileError(`cannot ${doWhat} ${path}: ${words}${advice ? ` (${advice})` : ''}`, { cause });
  }
}
