import type { SchedulerLike } from 'rxjs';
import { monotonic } from '../rx/monotonic.js';
import { openStream } from '../stream/openStream.js';
import type { StreamUrl } from '../stream/streamUrl.js';
import { JetStreamReader } from './JetStreamReader.js';

export interface OpenReaderOptions {
  /** Told in a line that the servers are away, and that they are back. */
  readonly said: (line: string) => void;
  /** Aborted when nobody waits any more for a leader of the servers. Default: somebody does for ever. */
  readonly signal?: AbortSignal;
  readonly scheduler?: SchedulerLike;
}

/** Opens a stream to be read. @throws as `openStream` */
export async function openReader(
  url: StreamUrl,
  { said, signal = new AbortController().signal, scheduler = monotonic }: OpenReaderOptions,
): Promise<JetStreamReader> {
  const stream = await openStream(url, { said, signal, scheduler });
  return new JetStreamReader(stream, { inboxOf: () => stream.inbox(), subject: url.subject, scheduler });
}
