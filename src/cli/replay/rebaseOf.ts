import { type Instant, logPaths, type Recording } from '../../index.js';
import { secondsBetween } from '../../domain/secondsBetween.js';
import { placeOf } from '../../log/placeOf.js';
import { readRunFile } from '../../log/runFile.js';
import type { ReplaySettings } from './replaySettings.js';
import type { Named } from './sourceOf.js';

/** By how many seconds a run is rebased: `undefined` if it is not, or if there is nothing to shift. @throws the reason of the signal */
export async function rebaseOf(recording: Named & Pick<Recording, 'first'>, settings: ReplaySettings, signal: AbortSignal): Promise<number | undefined> {
  const { rebase, resume } = settings;
  if (rebase === undefined) return undefined;
  const was = resume && rebase === 'now' ? await rebasedBefore(recording, settings, signal) : undefined;
  if (was !== undefined) return was;
  const arrival = await recording.first();
  return arrival === undefined ? undefined : secondsBetween(arrival, startOf(rebase));
}

/** A run that is resumed goes on with the times that it began with. */
async function rebasedBefore(recording: Named, settings: ReplaySettings, signal: AbortSignal): Promise<number | undefined> {
  const { to } = settings;
  if (to.kind === 'store') {
    const { rebasedInStore } = await import('./rebasedInStore.js');
    return rebasedInStore(to.url, recording, settings);
  }
  if (to.kind === 'stream') {
    const { rebasedInStream } = await import('./rebasedInStream.js');
    return rebasedInStream(to.url, recording, settings, signal);
  }
  if (to.kind !== 'log') return undefined;
  const before = (await readRunFile(logPaths(await placeOf(to.path, { trusting: false })).run))?.made_from['rebased_by_seconds'];
  return Number.isSafeInteger(before) ? (before as number) : undefined;
}

function startOf(rebase: Instant | 'now'): Instant {
  return rebase === 'now' ? Date.now() * 1000 : rebase;
}
