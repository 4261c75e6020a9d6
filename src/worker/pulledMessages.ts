import type { Msg } from '@nats-io/transport-node';
import { delivered, type Delivered } from './delivered.js';
import type { Inbox } from './Inbox.js';

/**
 * How long a request for messages waits for the first, how often its server says that it does, and after how long without a
 * word it is given up, in ms.
 */
const [EXPIRES, HEARTBEAT, SILENT] = [5000, 1000, 3000];
/** So many bytes of messages are asked for at once, as far as can be told from those before, and so many messages at most. */
const [MANY_BYTES, MANY] = [1 << 20, 256];
const NANOS = 1e6;
/** How a server says that nothing is there or has come, and that it is there. */
const [NOTHING, EXPIRED, ALIVE] = [404, 408, 100];

/** A message, and what JetStream says of it. */
export interface Pulled {
  readonly message: Msg;
  readonly info: Delivered;
}

/**
 * The messages of a consumer of JetStream, in order, pulled about a MiB at a time; `undefined` whenever none came that was
 * asked for. Ends when the signal is aborted, or where it cannot go on: its server is silent, or a message was lost on the way.
 * Holds what comes at once.
 *
 * @param inbox where they come
 * @param ask sends the consumer a request for messages, to be answered there
 */
export async function* pulledMessages(
  inbox: Pick<Inbox, 'place' | 'next'>,
  ask: (request: object) => void,
  signal: AbortSignal,
): AsyncGenerator<Pulled | undefined, void, undefined> {
  let delivery = 0;
  let [bytes, messages] = [MANY_BYTES / 16, 1]; // which is how many come at first, too
  for (;;) {
    const batch = Math.min(MANY, Math.max(1, Math.round(MANY_BYTES / (bytes / messages))));
    ask({ batch, expires: EXPIRES * NANOS, idle_heartbeat: HEARTBEAT * NANOS });
    let came = 0;
    while (came < batch) {
      const message = await inbox.next(SILENT, signal);
      if (!message) return;
      const code = message.subject === inbox.place ? (message.headers?.code ?? 0) : undefined;
      if (code === ALIVE) continue;
      if (code === EXPIRED || code === NOTHING) break;
      if (code !== undefined || message.reply === undefined) return;
      const info = delivered(message.reply);
      if (info.delivery !== ++delivery) return;
      came++;
      [bytes, messages] = [bytes + message.data.length, messages + 1];
      yield { message, info };
    }
    if (came === 0) yield undefined;
    [bytes, messages] = [bytes / messages, 1];
  }
}
