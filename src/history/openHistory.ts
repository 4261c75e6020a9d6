import { stat } from 'node:fs/promises';
import { firstValueFrom, timer } from 'rxjs';
import { FileError } from '../csv/FileError.js';
import { logPaths, type LogPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { openIndexed, type OpenIndexedOptions } from '../lookup/openIndexed.js';
import { History } from './History.js';

/** How often to look again at a log that a run is just replacing, which takes a moment, and after how many ms. */
const ATTEMPTS = 100;
const PAUSE = 10;

export interface OpenHistoryOptions extends OpenIndexedOptions {
  /** Whether the late file belongs to it, if there is one, and not the changes alone. Default: true. */
  readonly withLate?: boolean;
}

/** Opens the log at `path`, as it is now, to be asked. @throws FileError as `openIndexed` does. */
export async function openHistory(path: string, { withLate = true, ...options }: OpenHistoryOptions = {}): Promise<History> {
  const paths = logPaths(await placeOf(path));
  if (!withLate) return new History([await openIndexed(paths.changes, options)]);
  for (let attempt = 1; ; attempt++) {
    const run = await runOf(paths);
    if (run === undefined && attempt < ATTEMPTS) {
      await firstValueFrom(timer(PAUSE));
      continue;
    }
    const history = await openBoth(paths, options);
    if (attempt >= ATTEMPTS || run === (await runOf(paths))) return history;
    await history.close(); // they may be of two runs
  }
}

async function openBoth(paths: LogPaths, options: OpenIndexedOptions): Promise<History> {
  const late = await openIndexed(paths.late, options).catch(ifMissing); // first, as it is written last
  try {
    const changes = await openIndexed(paths.changes, options);
    if (!late) return new History([changes]);
    if (late.further.join() === changes.further.join()) return new History([changes, late]);
    await changes.close();
    throw new FileError(`${paths.late} has other columns than ${paths.changes}: it is of another run: move it away`);
  } catch (error) {
    await late?.close();
    throw error;
  }
}

/** Which files are there, as text; `undefined` while a run replaces them: its run file comes last, under its lock. */
async function runOf({ changes, late, run, lock }: LogPaths): Promise<string | undefined> {
  const [files, locked] = [await Promise.all([changes, late, run].map(fileAt)), await fileAt(lock)];
  return files[2] === '' && locked !== '' ? undefined : files.join();
}

async function fileAt(path: string): Promise<string> {
  const { dev, ino } = await stat(path).catch(() => ({ dev: '', ino: '' }));
  return ino === '' ? '' : `${dev}:${ino}`;
}

/** A log by another program may have no late file. */
function ifMissing(error: unknown): undefined {
  if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
}
