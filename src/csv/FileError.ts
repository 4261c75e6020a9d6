import { getSystemErrorMap } from 'node:util';

/** A file that cannot be used. The message says what, which file and line, and what to do; it needs no stack trace. */
export class FileError extends Error {
  override readonly name = 'FileError';

  /** The operating system refused to do something with a file. */
  static cannot(doWhat: string, path: string, cause: unknown): FileError {
    const { errno, message } = cause as NodeJS.ErrnoException;
    const words = (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message;
    return new FileError(`cannot ${doWhat} ${path}: ${words}`, { cause });
  }
}
