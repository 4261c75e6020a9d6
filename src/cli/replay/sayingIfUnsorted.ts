import type { Recording } from '../../index.js';
import { STDIN } from '../recording/inputsOf.js';
import { say } from './announce.js';
import type { ReplaySettings } from './replaySettings.js';

/** A recording that says once, as soon as it is found, that it is streamed though it is not in order. */
export function sayingIfUnsorted(
  settings: ReplaySettings,
  recording: Recording,
): Pick<Recording, 'rejected' | 'batches'> {
  async function* batches() {
    let isSaid = false;
    for await (const batch of recording.batches) {
      if (!isSaid && recording.outOfOrder > 0) say(settings, unsorted(settings));
      isSaid ||= recording.outOfOrder > 0;
      yield batch;
    }
  }
  return { rejected: recording.rejected, batches: batches() };
}

function unsorted({ inputs, inputShown }: ReplaySettings): string {
  const sorted = inputs.includes(STDIN) ? 'save it to a file and name that, and it is sorted' : 'leave out --in-order, and it is sorted';
  return `${inputs.includes(STDIN) ? 'standard input' : inputShown} is not in arrival order, and is played as it arrives: ${sorted}`;
}
