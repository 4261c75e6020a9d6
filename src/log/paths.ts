import { join, parse } from 'node:path';

/** The files with the rows of a run. */
export const LOG_FILES = ['changes', 'late', 'rejected'] as const;
export type LogFile = (typeof LOG_FILES)[number];
/** Something for each of them. */
export type LogFiles<T> = Readonly<Record<LogFile, T>>;

/**
 * All files of a run, beside each other: `x.csv`, `x.late.csv` and `x.rejected.csv` with its rows,
 * `x.csv.run.json`, which says what they are made from, and, while it lives, `x.csv.lock`.
 */
export type LogPaths = Readonly<Record<LogFile | 'run' | 'lock', string>>;

/** Where the files of the log at `path` are. */
export function logPaths(path: string): LogPaths {
  const { dir, name, ext } = parse(path);
  const beside = (kind: string) => join(dir, `${name}.${kind}${ext}`);
  return { changes: path, late: beside('late'), rejected: beside('rejected'), run: `${path}.run.json`, lock: `${path}.lock` };
}
