import { FileError } from '../index.js';

/** What there is to say of an error: where it is that there is no log, how to get one. */
export function noLog(error: unknown, output: string): unknown {
  const { code, path } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  if (code !== 'ENOENT' || path !== output) return error;
  return new FileError(`no log ${output}: make one with lastfix replay, or name another with --log`, { cause: error });
}
