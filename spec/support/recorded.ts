import type { Fix, Rejected } from '../../src/domain/fix.js';
import { fixesOf } from '../../src/recording/fixesOf.js';
import { openRecording } from '../../src/recording/openRecording.js';
import type { Input } from '../../src/recording/Input.js';
import type { OpenRecordingOptions } from '../../src/recording/Recording.js';

/** All that a recording is, and what was said of it. */
export interface Recorded {
  readonly fixes: readonly Fix[];
  readonly extra: readonly string[];
  readonly rejected: readonly Rejected[];
  readonly said: readonly string[];
}

/** Opens a recording, and reads all of it. */
export async function recorded(input: string | readonly Input[], options: OpenRecordingOptions = {}): Promise<Recorded> {
  const said: string[] = [];
  const recording = await openRecording(input, { ...options, said: (sentence) => said.push(sentence) });
  const [fixes, rejected]: [Fix[], Rejected[]] = [[], []];
  for await (const batch of recording.batches) fixes.push(...fixesOf(batch));
  for await (const rows of recording.rejected.take()) rejected.push(...rows);
  await recording.close();
  return { fixes, extra: recording.extra, rejected, said };
}
