import { firstValueFrom, from, map, race, switchMap, timer } from 'rxjs';
import { type Input, openRecording, type OpenRecordingOptions, type Recording } from '../index.js';
import { aborted } from './interruption.js';

/** How many ms an interrupted reading may take to end. */
const PATIENCE = 500;

/** Opens a recording: `undefined` if it was interrupted; `stuck` if it is even then waiting for a pipe. */
export async function readRecording(inputs: readonly Input[], signal: AbortSignal, options: OpenRecordingOptions): Promise<Recording | undefined | 'stuck'> {
  const stuck$ = aborted(signal).pipe(switchMap(() => timer(PATIENCE)), map(() => 'stuck' as const));
  try {
    const recording = await firstValueFrom(race(from(openRecording(inputs, { ...options, signal })), stuck$));
    return signal.aborted && recording !== 'stuck' ? undefined : recording;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
