import { openStream } from '../../stream/openStream.js';
import { sentBefore } from '../../stream/sentBefore.js';
import type { StreamUrl } from '../../stream/streamUrl.js';
import { say } from './announce.js';
import type { ReplaySettings } from './replaySettings.js';
import { SHIFTED, sourceBeforeShift, type Named } from './sourceOf.js';

/** By how many seconds a recording was shifted when it was played last into a stream, if it was, and the stream is there. */
export async function rebasedInStream(
  url: StreamUrl,
  recording: Named,
  settings: ReplaySettings,
  signal: AbortSignal,
): Promise<number | undefined> {
  const before = `${sourceBeforeShift(recording, settings)}${SHIFTED}`;
  const stream = await openStream(url, { make: settings.making ?? {}, said: (line) => { say(settings, line); }, signal });
  try {
    const found = await sentBefore(stream, (name) => name.startsWith(before));
    return found && Number.parseInt(found.source.slice(before.length), 10);
  } finally {
    await stream.close();
  }
}
