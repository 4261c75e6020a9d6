import { join, parse } from 'node:path';

/** The three files of a run, beside each other: `x.csv`, `x.late.csv`, `x.rejected.csv`. */
export type LogPaths = Readonly<Record<'changes' | 'late' | 'rejected', string>>;

/** Where the files of the log at `path` are. */
export function logPaths(path: string): LogPaths {
  const { dir, name, ext } = parse(path);
  const beside = (kind: string) => join(dir, `${name}.${kind}${ext}`);
  return { changes: path, late: beside('late'), rejected: beside('rejected') };
}
