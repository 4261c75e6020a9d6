import { readFileSync } from 'node:fs';
import { lastValueFrom } from 'rxjs';
import {
  intoLog,
  logPaths,
  openLog,
  openRecording,
  type Input,
  type OpenRecordingOptions,
  play,
  type OpenLogOptions,
  type PlayOptions,
  type IntoLogOptions,
} from '../../src/index.js';

export interface PlayFileOptions extends PlayOptions, IntoLogOptions, OpenLogOptions {
  /** How the recording is read. */
  readonly reading?: OpenRecordingOptions;
}

/** Plays a file, or other inputs, into a log as `lastfix replay` does, and gives the texts of the three files. */
export async function playFile(input: string | readonly Input[], output: string, { reading, ...options }: PlayFileOptions = {}) {
  const recording = await openRecording(input, reading);
  const log = await openLog(output, { input: typeof input === 'string' ? input : [], extra: recording.extra, durable: false, ...options });
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
