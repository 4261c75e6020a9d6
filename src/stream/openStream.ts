import type { StreamInfo } from '@nats-io/jetstream';
import type { SchedulerLike } from 'rxjs';
import { formatDuration } from '../domain/duration.js';
import { parseInstant } from '../domain/instant.js';
import { monotonic } from '../rx/monotonic.js';
import { patiently as untilDone } from '../rx/patiently.js';
import { Outages } from '../send/Outages.js';
import { connectionOf } from './connectionOf.js';
import { explainedStream } from './explainedStream.js';
import { foundStream } from './foundStream.js';
import { hasNoLeader } from './hasNoLeader.js';
import { makeStream, type Making } from './makeStream.js';
import { partitionsOf } from './partitionsOf.js';
import type { Stream } from './Stream.js';
import { StreamError } from './StreamError.js';
import type { StreamUrl } from './streamUrl.js';
import { StreamLink } from './StreamLink.js';

const NANOS = 1_000_000; // a millisecond

export interface OpenStreamOptions {
  /** Make the stream if it is not there. Default: that it is missing is an error. */
  readonly make?: Making;
  /** Told in a line that the servers are away, and that they are back. Default: nobody is. */
  readonly said?: (line: string) => void;
  /** Aborted when nobody waits any more for a leader of the servers. Default: somebody does for ever. */
  readonly signal?: AbortSignal;
  readonly scheduler?: SchedulerLike;
}

/**
 * Connects to the servers of a stream, and finds it, or makes it. Servers that let one in and have no leader yet are waited
 * for, as those are whose leader goes later. The client of NATS is loaded here.
 *
 * @throws the reason of the signal; StreamError if they cannot be reached or do not let one in, if the stream is not there or
 * has other partitions than asked for; FileError if a file of the credentials or of TLS cannot be read
 */
export async function openStream(
  url: StreamUrl,
  { make, said = () => undefined, signal = new AbortController().signal, scheduler = monotonic }: OpenStreamOptions = {},
): Promise<Stream> {
  const { connect, createInbox, credsAuthenticator } = await import('@nats-io/transport-node');
  const { jetstream, jetstreamManager } = await import('@nats-io/jetstream');
  const { stream: name, shown, subject } = url;
  const options = connectionOf(url, credsAuthenticator);
  const explained = (error: unknown) => (signal.aborted && error === signal.reason ? (error as Error) : explainedStream(error, url));
  try {
    const connection = await connect(options);
    try {
      const outages = new Outages(shown, said, () => scheduler.now());
      const link = new StreamLink(connection, outages, url.credentials);
      if (connection.info?.jetstream !== true)
        throw new StreamError(`${shown}: the server has no JetStream: start it with -js, or with jetstream { … } in its settings`);
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const patiently = <T>(ask: () => Promise<T>) =>
        untilDone(() => link.during(ask(), signal), {
          failed: (error) => {
            if (link.isUp && !hasNoLeader(error)) throw error;
            outages.failed('its servers have no leader');
          },
          done: () => { outages.answered(); },
          signal,
          scheduler,
        });
      const found = await patiently(() => foundStream(manager, name));
      if (!found && (!make || subject !== undefined))
        throw new StreamError(`${shown}: there is no such stream (make it with lastfix replay RECORDING --output ${shown}, or name another)`);
      if (found && make) sayIfKeptOtherwise(found, url, make, said);
      const info = found ?? (await patiently(() => makeStream(manager, connection, url, make!, said)));
      const partitions = partitionsOf(info.config.subjects, url, make?.partitions);
      return {
        name,
        shown,
        partitions,
        connection,
        link,
        outages,
        maxPayload: connection.info.max_payload,
        subjectOf: (partition) => subject ?? `${name}.${partition}`,
        state: async () => {
          try {
            const { created, state } = await manager.streams.info(name);
            const { first_seq: first, last_seq: last, messages, bytes } = state;
            return { created: parseInstant(created)!, first, last, messages, bytes };
          } catch (error) {
            throw explained(error);
          }
        },
        inbox: () => createInbox(options.inboxPrefix),
        jetstream: () => jetstream(connection),
        manager: () => manager,
        patiently,
        explained,
        close: () => connection.close(),
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    throw explained(error);
  }
}

/** Says that a stream that is there stays as it is, if it was to be kept for another time. */
function sayIfKeptOtherwise({ config }: StreamInfo, { shown }: StreamUrl, { keep }: Making, said: (line: string) => void): void {
  const kept = config.max_age / NANOS;
  if (keep === undefined || keep === kept) return;
  said(`${shown} is there already, and keeps its fixes ${kept === 0 ? 'for ever' : `for ${formatDuration(kept)}`}, not for ${formatDuration(keep)}`);
}
