import { join, parse } from 'node:path';
import { indexPath } from '../lookup/openIndex.js';

/** The files with the rows of a run. */
export const LOG_FILES = ['changes', 'late', 'rejected'] as const;
export type LogFile = (typeof LOG_FILES)[number];
/** Something for each of them. */
export type LogFiles<T> = Readonly<Record<LogFile, T>>;

/**
 * All files of a run, beside each other: `x.csv`, `x.late.csv` and `x.rejected.csv` with its rows,
 * `x.csv.run.json`, which says what they are made from, the indexes `x.csv.index` and `x.late.csv.index`, and,
 * while it lives, `x.csv.lock`.
 */
export type LogPaths = Readonly<Record<LogFile | 'run' | 'lock' | 'changesIndex' | 'lateIndex', string>>;

/** Where the files of the log at `path` are. */
export function logPaths(path: string): LogPaths {
  const { dir, name, ext } = parse(path);
  const beside = (kind: string) => join(dir, `${name}.${kind}${ext}`);
  const late = beside('late');
  return {
    changes: path,
    late,
    rejected: beside('rejected'),
    run: `${path}.run.json`,
    changesIndex: indexPath(path),
    lateIndex: indexPath(late),
    lock: `${path}.lock`,
  };
}
