import { type Instant, logPaths, type Recording } from '../../index.js';
import { secondsBetween } from '../../domain/secondsBetween.js';
import { placeOf } from '../../log/placeOf.js';
import { readRunFile } from '../../log/runFile.js';
import type { ReplaySettings } from './replaySettings.js';

/** By how many seconds a run is rebased: `undefined` if it is not, or if there is nothing to shift. */
export async function rebaseOf(
  { first }: Pick<Recording, 'first'>,
  { rebase, resume, output }: ReplaySettings,
): Promise<number | undefined> {
  if (rebase === undefined) return undefined;
  const was = resume && rebase === 'now' ? await rebasedBefore(output) : undefined;
  if (was !== undefined) return was;
  const arrival = await first();
  return arrival === undefined ? undefined : secondsBetween(arrival, startOf(rebase));
}

/** A run that is resumed goes on with the times that it began with. */
async function rebasedBefore(output: string): Promise<number | undefined> {
  const before = (await readRunFile(logPaths(await placeOf(output, { trusting: false })).run))?.made_from['rebased_by_seconds'];
  return Number.isSafeInteger(before) ? (before as number) : undefined;
}

function startOf(rebase: Instant | 'now'): Instant {
  return rebase === 'now' ? Date.now() * 1000 : rebase;
}
