import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { clearDrafts } from '../csv/clearDrafts.js';
import { FileError } from '../csv/FileError.js';
import { formatRow } from '../csv/formatRow.js';
import { LATE_COLUMNS } from '../domain/columns.js';
import { checkNotInput } from './checkNotInput.js';
import { checkReplaceable } from './checkReplaceable.js';
import { createFiles } from './createFiles.js';
import { DeviceRanks } from '../lookup/DeviceRanks.js';
import { Indexer } from '../lookup/Indexer.js';
import type { LineFile } from './LineFile.js';
import { lock } from './lock.js';
import { Log } from './Log.js';
import { logPaths, type LogFiles } from './paths.js';
import { placeOf } from './placeOf.js';
import { replaceFile } from './replaceFile.js';
import { resumeFiles } from './resumeFiles.js';
import { LOG_HEADER, REJECTED_HEADER } from './rows.js';
import { checkOrigin, formatRunFile, readRunFile, type Origin, type RunFile } from './runFile.js';

export interface OpenLogOptions {
  /** The names of the recording's extra columns. Default: none. */
  readonly extra?: readonly string[];
  /** The files of the recording itself, by their paths or as open descriptors, never to be overwritten. */
  readonly input?: string | readonly (string | number)[];
  /** Keep only the last change per device and second of stream time. Default: false. */
  readonly coalesce?: boolean;
  /** What the rows will be made from: a run can be resumed by one that is made from the same. Default: nothing. */
  readonly origin?: Origin;
  /** Go on with the run that is there, if there is one. Default: false. */
  readonly resume?: boolean;
  /** There may be more rows behind those of a run that was finished. Default: false. */
  readonly continues?: boolean;
  /** Have what is written reach the disk when the log is opened, ended and closed. Default: true. */
  readonly durable?: boolean;
  /** Keep an index of the changes and one of the late fixes beside them. Default: true. */
  readonly index?: boolean;
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
 * What a run that was killed as it started has left behind is cleared.
 *
 * Holds the rows of one batch, and what a `Coalescer` does.
 *
 * @throws FileError as `placeOf`, `checkNotInput`, `lock` and `checkReplaceable` do, if the run to be resumed was made from something
 * else, or if a file cannot be written; from `commit`, also if a row that is there differs.
 */
export async function openLog(
  path: string,
  { extra = [], input, coalesce = false, origin = {}, resume = false, continues = false, ...options }: OpenLogOptions = {},
): Promise<Log> {
  const { durable = true, index = true } = options;
  const inputs = [input ?? []].flat();
  const headers = {
    changes: formatRow([...LOG_HEADER, ...extra]),
    late: formatRow([...LOG_HEADER, ...extra, ...LATE_COLUMNS]),
    rejected: formatRow(REJECTED_HEADER),
  };
  const paths = logPaths(await placeOf(path, { trusting: false })); // so that one log by two names has one lock
  await checkNotInput(Object.values(paths), inputs);
  await FileError.attempt('make the folder', dirname(path), mkdir(dirname(path), { recursive: true }));
  const locked = await lock(paths.lock);
  try {
    const found = await readRunFile(paths.run);
    const before = found && continues ? { ...found, finished: false } : found;
    if (resume && before) checkOrigin(path, before.made_from, origin);
    const replaced = await checkReplaceable(paths, { anyHeader: resume && before !== undefined });
    const named = inputs.filter((input) => typeof input === 'string');
    if (locked) await clearDrafts(Object.values(paths));
    const run: RunFile = {
      id: resume && before ? before.id : randomUUID(),
      input: named.length > 0 ? named.join(', ') : null,
      made_from: origin,
      finished: false,
    };
    const shared = { paths, run, locked, coalesce, durable };
    if (resume && before) {
      if (found?.finished !== before.finished) await replaceFile(paths.run, formatRunFile(before), durable);
      const { files, at } = await resumeFiles(paths, headers, before.finished);
      return new Log({
        ...shared,
        files,
        indexers: index ? await indexersOf(files) : undefined,
        replaced: [],
        resumed: { finished: before.finished, at },
      });
    }
    const files = await createFiles(paths, { ...headers, run: formatRunFile(run) }, durable);
    return new Log({ ...shared, files, indexers: index ? await indexersOf(files) : undefined, replaced, resumed: undefined });
  } catch (error) {
    await locked?.release();
    throw error;
  }
}

async function indexersOf({ changes, late }: LogFiles<LineFile>) {
  const ranks = new DeviceRanks();
  return { changes: await Indexer.create(changes, ranks), late: await Indexer.create(late, ranks) };
}
