import { readFileSync } from 'node:fs';
import { lastValueFrom } from 'rxjs';
import {
  intoLog,
  logPaths,
  openLog,
  openRecording,
  play,
  type OpenLogOptions,
  type PlayOptions,
  type IntoLogOptions,
} from '../../src/index.js';

/** Plays a file into a log as `lastfix replay` does, and gives the texts of the three files. */
export async function playFile(input: string, output: string, options: PlayOptions & IntoLogOptions & OpenLogOptions = {}) {
  const recording = await openRecording(input);
  const log = await openLog(output, { input, extra: recording.extra, durable: false, ...options });
  try {
    for await (const rows of recording.rejected.take()) await log.reject(rows);
    await lastValueFrom(play(recording.batches, intoLog(log, options), { rate: Infinity, ...options }), { defaultValue: undefined });
  } finally {
    await log.close();
    await recording.close();
  }
  const paths = logPaths(output);
  const text = (path: string) => readFileSync(path, 'utf8');
  return { changes: text(paths.changes), late: text(paths.late), rejected: text(paths.rejected) };
}
