import { FileError } from '../csv/FileError.js';
import { ifMissing } from '../csv/ifMissing.js';
import { logPaths, type LogPaths } from '../log/paths.js';
import { openTogether } from '../log/openTogether.js';
import { placeOf } from '../log/placeOf.js';
import type { IndexedCsv } from '../lookup/IndexedCsv.js';
import { openIndexed, type OpenIndexedOptions } from '../lookup/openIndexed.js';
import { History } from './History.js';

export interface OpenHistoryOptions extends OpenIndexedOptions {
  /** Whether the late file belongs to it, if there is one, and not the changes alone. Default: true. */
  readonly withLate?: boolean | undefined;
  /** Whether a link at the path is followed, and not refused. Default: true. */
  readonly followLinks?: boolean | undefined;
}

/** Opens the log at `path`, as it is now, to be asked. @throws FileError as `openIndexed` does. */
export async function openHistory(
  path: string,
  { withLate = true, followLinks = true, ...options }: OpenHistoryOptions = {},
): Promise<History> {
  const paths = logPaths(followLinks ? await placeOf(path) : path);
  const open = async () => filesOf(withLate ? await openBoth(paths, options) : [await openIndexed(paths.changes, options)]);
  const { opened, run } = await openTogether(paths, withLate, open);
  return new History(opened.files, run);
}

async function openBoth(paths: LogPaths, options: OpenIndexedOptions): Promise<readonly IndexedCsv[]> {
  // first, as it is written last; a log of another program may have none
  const late = await openIndexed(paths.late, options).catch(ifMissing);
  try {
    const changes = await openIndexed(paths.changes, options);
    if (!late) return [changes];
    if (late.extra.join() === changes.extra.join()) return [changes, late];
    await changes.close();
    throw new FileError(`${paths.late} has other columns than ${paths.changes}: it is of another run: move it away`);
  } catch (error) {
    await late?.close();
    throw error;
  }
}

function filesOf(files: readonly IndexedCsv[]) {
  return {
    files,
    close: async () => { for (const file of files) await file.close(); },
  };
}
