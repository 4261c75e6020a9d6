import { rm } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { LineFile } from './LineFile.js';
import type { LogFile, LogFiles, LogPaths } from './paths.js';
import { syncFolder } from './syncFolder.js';

/**
 * Makes the files of a new run with their first texts, which take the place of those of an earlier run all
 * together or not at all: none does before all are written, and safe from a power cut if they are to be
 * `durable`; and while they do, there is no run file, and so nothing that could be resumed.
 *
 * @throws FileError if one of them cannot be made.
 */
export async function createFiles(
  paths: LogPaths,
  texts: Readonly<Record<LogFile | 'run', string>>,
  durable: boolean,
): Promise<LogFiles<LineFile>> {
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
    await FileError.attempt('replace', paths.run, rm(paths.run, { force: true }));
    for (const file of drafts) await file.publish();
    if (durable) await syncFolder(paths.run);
    await run.close();
    return files;
  } catch (error) {
    for (const file of drafts) await file.discard();
    throw error;
  }
}
