import { mkdir, readlink, realpath, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../csv/FileError.js';
import { formatRow } from '../csv/formatRow.js';
import { LATE_COLUMNS } from '../domain/columns.js';
import { checkReplaceable } from './checkReplaceable.js';
import { lastArrival } from './lastArrival.js';
import { LineFile } from './LineFile.js';
import { lock } from './lock.js';
import { Log, type LogFiles, type Resumed } from './Log.js';
import { LOG_FILES, logPaths, type LogFile, type LogPaths } from './paths.js';
import { LOG_HEADER, REJECTED_HEADER } from './rows.js';
import { checkOrigin, formatRunFile, readRunFile, type Origin, type RunFile } from './runFile.js';
import { syncFolder } from './syncFolder.js';

export interface OpenLogOptions {
  /** The names of the recording's further columns. Default: none. */
  readonly further?: readonly string[];
  /** The recording itself, never to be overwritten. */
  readonly input?: string;
  /** Keep only the last change per device and second of stream time. Default: false. */
  readonly coalesce?: boolean;
  /** What the rows will be made from: a run can be resumed by one that is made from the same. Default: nothing. */
  readonly origin?: Origin;
  /** Go on with the run that is there, if there is one. Default: false. */
  readonly resume?: boolean;
  /** Have what is written reach the disk when the log is opened, ended and closed. Default: true. */
  readonly durable?: boolean;
}

/**
 * Opens the log at `path` for one writer: the files `x.csv`, `x.late.csv` and `x.rejected.csv`, in a folder
 * that is made if need be. Every update committed becomes one row in one of the first two.
 *
 * New ones hold nothing but their headers, and take the place of an earlier run's at once: who reads those
 * goes on reading them. To resume a run, the same rows are to be given to its log from the first on: those
 * which it holds are compared, and the others written, so that it ends as if it had never been interrupted,
 * wherever each of its files was cut.
 *
 * Holds the rows of one batch, and what a `Coalescer` does.
 *
 * @throws FileError as `lock` and `checkReplaceable` do, if the run to be resumed was made from something
 * else, or if a file cannot be written; from `commit`, also if a row that is there differs.
 */
export async function openLog(
  path: string,
  { further = [], input, coalesce = false, origin = {}, resume = false, durable = true }: OpenLogOptions = {},
): Promise<Log> {
  const paths = logPaths(path);
  const headers = {
    changes: formatRow([...LOG_HEADER, ...further]),
    late: formatRow([...LOG_HEADER, ...further, ...LATE_COLUMNS]),
    rejected: formatRow(REJECTED_HEADER),
  };
  await FileError.attempt('make the folder', dirname(path), mkdir(dirname(path), { recursive: true }));
  const place = await readlink(path).then(() => realpath(path)).catch(() => path); // one log by two names has one lock
  const locked = await lock(logPaths(place).lock);
  try {
    const before = await readRunFile(paths.run);
    if (resume && before) checkOrigin(path, before.made_from, origin);
    const replaced = await checkReplaceable(paths, { input, anyHeader: resume && before !== undefined });
    const run: RunFile = { input: input ?? null, made_from: origin, finished: false };
    const shared = { run, coalesce, durable, locked, paths };
    if (resume && before) return new Log({ ...shared, ...(await resumeFiles(paths, headers, before)), replaced: [] });
    return new Log({ ...shared, files: await createFiles(paths, { ...headers, run: formatRunFile(run) }, durable), replaced, resumed: undefined });
  } catch (error) {
    await locked?.release();
    throw error;
  }
}

/** The files with their headers, taking the place of those of an earlier run all together or not at all. */
async function createFiles(paths: LogPaths, texts: Readonly<Record<LogFile | 'run', string>>, durable: boolean): Promise<LogFiles> {
  const drafts: LineFile[] = [];
  const draft = async (kind: LogFile | 'run') => {
    const file = await LineFile.create(paths[kind]);
    drafts.push(file);
    await file.append([texts[kind]]);
    if (durable) await file.sync();
    return file;
  };
  try {
    const files = { changes: await draft('changes'), late: await draft('late'), rejected: await draft('rejected') };
    const run = await draft('run');
    await FileError.attempt('replace', paths.run, rm(paths.run, { force: true })); // until all are there, there is nothing to resume
    for (const file of drafts) await file.publish();
    if (durable) await syncFolder(paths.run);
    await run.close();
    return files;
  } catch (error) {
    for (const file of drafts) await file.discard();
    throw error;
  }
}

/** The files as a run left them, but for torn lines at their ends, and where it ended. */
async function resumeFiles(paths: LogPaths, headers: Readonly<Record<LogFile, string>>, { finished }: RunFile): Promise<{ files: LogFiles; resumed: Resumed }> {
  const opened: LineFile[] = [];
  const open = async (kind: LogFile) => {
    const file = await LineFile.resume(paths[kind]);
    opened.push(file);
    return file;
  };
  try {
    const files = { changes: await open('changes'), late: await open('late'), rejected: await open('rejected') };
    for (const kind of LOG_FILES) {
      await files[kind].append([headers[kind]]);
      await files[kind].cutTornLine();
    }
    const last = Math.max(...(await Promise.all([lastArrival(paths.changes), lastArrival(paths.late)])).map((at) => at ?? -Infinity));
    return { files, resumed: { finished, at: last === -Infinity ? undefined : last } };
  } catch (error) {
    for (const file of opened) await file.close();
    throw error;
  }
}
