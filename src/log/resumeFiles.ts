import type { Instant } from '../domain/instant.js';
import { lastArrival } from './lastArrival.js';
import { LineFile } from './LineFile.js';
import { LOG_FILES, type LogFile, type LogFiles, type LogPaths } from './paths.js';

/**
 * Opens the files of a run as it left them, but for a torn line at the end of one that was not `finished`; a
 * missing one is made anew.
 *
 * @returns the files, their headers compared, and the last arrival time in them, if they hold any row.
 * @throws FileError if one of them cannot be written, or has another header.
 */
export async function resumeFiles(
  paths: LogPaths,
  headers: LogFiles<string>,
  finished: boolean,
): Promise<{ readonly files: LogFiles<LineFile>; readonly at: Instant | undefined }> {
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
      if (!finished) await files[kind].cutTornLine();
    }
    const [change = -Infinity, late = -Infinity] = [await lastArrival(paths.changes), await lastArrival(paths.late)];
    const at = Math.max(change, late);
    return { files, at: at === -Infinity ? undefined : at };
  } catch (error) {
    for (const file of opened) await file.close();
    throw error;
  }
}
