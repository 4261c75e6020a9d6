import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../csv/FileError.js';
import { formatRow } from '../csv/formatRow.js';
import { LATE_COLUMNS } from '../domain/columns.js';
import type { Commit } from '../domain/commit.js';
import type { Rejected } from '../domain/fix.js';
import type { Update } from '../domain/latest.js';
import type { Sink } from './append.js';
import { checkReplaceable } from './checkReplaceable.js';
import { Coalescer } from './Coalescer.js';
import { LineFile } from './LineFile.js';
import { logPaths, type LogPaths } from './paths.js';
import { changeRow, lateRow, LOG_HEADER, REJECTED_HEADER, rejectedRow } from './rows.js';

/** The three files of a run, open for writing. */
export interface Log extends Sink<Update, Commit> {
  /** The files of an earlier run that this one replaces. */
  readonly replaced: readonly string[];
  /** Appends rows that are no fixes to the rejected file. */
  reject(rejected: readonly Rejected[]): Promise<void>;
  /** How many bytes the three files hold. */
  readonly bytes: number;
  close(): Promise<void>;
}

export interface OpenLogOptions {
  /** The names of the recording's further columns. Default: none. */
  readonly further?: readonly string[];
  /** The recording itself, never to be overwritten. */
  readonly input?: string;
  /** Keep only the last change per device and second of stream time. Default: false. */
  readonly coalesce?: boolean;
}

/**
 * Opens the log at `path` for a new run: the files `x.csv`, `x.late.csv` and `x.rejected.csv` with nothing
 * but their headers, in a folder that is made if need be. They take the place of an earlier run's at once, so
 * that who reads those goes on reading them. Every update committed becomes one row in one of
 * the first two. Holds the rows of one batch, and what a `Coalescer` does.
 *
 * @throws FileError as `checkReplaceable` does, or if a file cannot be written; from `commit` as well.
 */
export async function openLog(path: string, { further = [], input, coalesce = false }: OpenLogOptions = {}): Promise<Log> {
  const paths = logPaths(path);
  const replaced = await checkReplaceable(paths, input);
  await FileError.attempt('make the folder', dirname(path), mkdir(dirname(path), { recursive: true }));
  const [changes, late, rejects] = await createFiles(paths, further);

  const coalescer = coalesce ? new Coalescer() : undefined;
  return {
    replaced,
    get bytes() {
      return changes.size + late.size + rejects.size;
    },
    async commit(updates) {
      const changed = updates.filter(({ verdict }) => verdict === 'change');
      const others = updates.filter(({ verdict }) => verdict !== 'change');
      const { visible, dropped } = coalescer?.take(updates) ?? { visible: changed, dropped: [] };
      await changes.append(visible.map(changeRow));
      await late.append(others.map(lateRow));
      return { settled: updates.length, visible, dropped };
    },
    async end() {
      const visible = coalescer?.end() ?? [];
      await changes.append(visible.map(changeRow));
      return { settled: 0, visible, dropped: [] };
    },
    reject(rejected) {
      return rejects.append(rejected.map(rejectedRow));
    },
    async close() {
      for (const file of [changes, late, rejects]) await file.close();
    },
  };
}

/** The files with their headers, taking the place of those of an earlier run all together or not at all. */
async function createFiles(paths: LogPaths, further: readonly string[]): Promise<readonly [LineFile, LineFile, LineFile]> {
  const files: LineFile[] = [];
  const create = async (path: string, header: readonly string[]) => {
    const file = await LineFile.create(path);
    files.push(file);
    await file.append([formatRow(header)]);
    return file;
  };
  try {
    const changes = await create(paths.changes, [...LOG_HEADER, ...further]);
    const late = await create(paths.late, [...LOG_HEADER, ...further, ...LATE_COLUMNS]);
    const rejects = await create(paths.rejected, REJECTED_HEADER);
    for (const file of files) await file.publish();
    return [changes, late, rejects];
  } catch (error) {
    for (const file of files) await file.discard();
    throw error;
  }
}
