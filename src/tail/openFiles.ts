import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { ifMissing } from '../csv/ifMissing.js';
import { openRegular } from '../csv/openRegular.js';
import type { LogPaths } from '../log/paths.js';

/** A log that is open, and its late file, if it has one and that is asked for. */
export interface TailFiles {
  readonly changes: FileHandle;
  readonly late: FileHandle | undefined;
  readonly close: () => Promise<void>;
}

/** Opens the files of a log. @throws FileError if one cannot be read */
export async function openFiles(paths: LogPaths, withLate: boolean): Promise<TailFiles> {
  const late = withLate ? await openRegular('read', paths.late, constants.O_RDONLY).catch(ifMissing) : undefined;
  const changes = await openRegular('read', paths.changes, constants.O_RDONLY).catch(async (error: unknown) => {
    await late?.close();
    throw error;
  });
  return {
    changes,
    late,
    close: async () => {
      await changes.close();
      await late?.close();
    },
  };
}
