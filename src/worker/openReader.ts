import type { SchedulerLike } from 'rxjs';
import { monotonic } from '../rx/monotonic.js';
import { openStream } from '../stream/openStream.js';
import type { StreamUrl } from '../stream/streamUrl.js';
import { JetStreamReader } from './JetStreamReader.js';

export interface OpenReaderOptions {
  /** Told in a line that the servers are away, and that they are back. */
  readonly said: (line: string) => void;
  readonly scheduler?: SchedulerLike;
}

/** Opens a stream to be read. @throws as `openStream` */
export async function openReader(url: StreamUrl, { said, scheduler = monotonic }: OpenReaderOptions): Promise<JetStreamReader> {
  const stream = await openStream(url, { said });
  return new JetStreamReader(stream, { inboxOf: () => stream.inbox(), subject: url.subject, scheduler });
}
