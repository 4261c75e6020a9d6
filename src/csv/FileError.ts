import { getSystemErrorMap } from 'node:util';

/** What to do about what the operating system says. */
const ADVICE: Record<string, string> = {
  ENOENT: 'check the path',
  EISDIR: 'name a file in it',
  EEXIST: 'a file of that name is there: choose another place',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'check its permissions',
  EPERM: 'check its permissions',
  EROFS: 'choose another place',
  ENOSPC: 'make room, then run the command again, a replay with --resume',
  EDQUOT: 'make room, then run the command again, a replay with --resume',
  EFBIG: 'raise the limit on the size of a file (ulimit -f), then run the command again, a replay with --resume',
  EMFILE: 'raise the limit on open files (ulimit -n)',
  ENAMETOOLONG: 'choose a shorter name',
  ELOOP: 'its links lead in a circle',
  Z_BUF_ERROR: 'it is cut off: get the whole file',
  Z_DATA_ERROR: 'it is damaged: get it again',
};

/** What it says that is not said so among people. */
const PLAIN: Record<string, string> = { EISDIR: 'it is a folder' };

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
    const words = PLAIN[code] ?? (name === code ? meaning : message); // zlib has numbers of its own
    const advice = ADVICE[code];
    return new FileError(`cannot ${doWhat} ${path}: ${words}${advice ? ` (${advice})` : ''}`, { cause });
  }
}
