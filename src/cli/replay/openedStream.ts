import { Sent } from '../../index.js';
import { intoStream } from '../../stream/intoStream.js';
import { openStream } from '../../stream/openStream.js';
import { Publisher } from '../../stream/Publisher.js';
import { sentBefore } from '../../stream/sentBefore.js';
import type { StreamUrl } from '../../stream/streamUrl.js';
import { aborted } from '../interruption.js';
import { say } from './announce.js';
import type { Opened } from './Opened.js';
import type { Source } from './openOutput.js';
import type { ReplaySettings } from './replaySettings.js';
import { sourceOf } from './sourceOf.js';

/** Opens a stream for a replay, and makes it if it is not there. @throws StreamError if it cannot be used, the reason of the signal */
export async function openedStream(url: StreamUrl, settings: ReplaySettings, { recording, rebasedBy, signal }: Source): Promise<Opened> {
  const { making, sending, resume } = settings;
  const said = (line: string) => { say(settings, line); };
  const stream = await openStream(url, { make: making ?? {}, said, signal });
  try {
    const { onlyChanges } = sending!;
    const source = sourceInStream(sourceOf(recording, settings, rebasedBy), onlyChanges);
    const { next = [], rejected = 0 } = (resume ? await sentBefore(stream, (name) => name === source) : undefined) ?? {};
    const skipped = next.length === 0 ? 0 : Math.min(...next);
    const sent = new Sent();
    const publisher = new Publisher(stream, { source, isPlaced: true, sent });
    publisher.given = skipped;
    const { partitions } = stream;
    return {
      end: intoStream(publisher, { partitions, extra: recording.extra, onlyChanges, next, stop$: aborted(signal) }),
      sent,
      skipped,
      get bytes() {
        return sent.bytes;
      },
      reject: (rows) => publisher.reject(rows, rejected),
      close: () => publisher.close(),
    };
  } catch (error) {
    await stream.close();
    throw error;
  }
}

/** What a source is called of which changes alone are sent: those are other lines in other messages. */
function sourceInStream(source: string, onlyChanges: boolean): string {
  return onlyChanges ? `${source}, changes only` : source;
}
