import { firstValueFrom, from, map, race, switchMap, timer } from 'rxjs';
import { type Input, openRecording, type OpenRecordingOptions, type Recording } from '../../index.js';
import { aborted } from '../interruption.js';

/** How many ms an interrupted reading may take to end. */
const PATIENCE = 500;

export interface ReadRecordingOptions extends OpenRecordingOptions {
  /** Read a streamed one up to its first fix, since it is asked for. Default: false. */
  readonly toFirst?: boolean;
}

/** Opens a recording: `undefined` if it was interrupted; `stuck` if it is even then waiting for a pipe. */
export async function readRecording(
  inputs: readonly Input[],
  signal: AbortSignal,
  { toFirst = false, ...options }: ReadRecordingOptions,
): Promise<Recording | undefined | 'stuck'> {
  const opening = async () => {
    const recording = await openRecording(inputs, { ...options, signal });
    if (toFirst) await recording.first();
    return recording;
  };
  const stuck$ = aborted(signal).pipe(
    switchMap(() => timer(PATIENCE)),
    map(() => 'stuck' as const),
  );
  try {
    const recording = await firstValueFrom(race(from(opening()), stuck$));
    return signal.aborted && recording !== 'stuck' ? undefined : recording;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
