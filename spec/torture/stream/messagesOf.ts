import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const EXPIRES = 2000;
const MANY = 500;
const PATIENCE = 60_000;

/** A message of a stream. */
export interface RawMessage {
  readonly seq: number;
  /** When the stream got it, in µs. */
  readonly time: number;
  readonly source: string;
  readonly text: string;
}

/** All that is in a stream. @throws Error if a message is missing */
export async function messagesOf(servers: readonly string[], name: string): Promise<readonly RawMessage[]> {
  const connection = await connect({ servers: [...servers], maxReconnectAttempts: -1, waitOnFirstConnect: true });
  try {
    const deadline = performance.now() + PATIENCE;
    const manager = await jetstreamManager(connection, { checkAPI: false });
    for (;;) {
      try {
        const { state } = await manager.streams.info(name);
        const messages: RawMessage[] = [];
        const consumer = await jetstream(connection).consumers.get(name, { deliver_policy: 'all' });
        while (messages.length < state.last_seq) {
          const before = messages.length;
          for await (const message of await consumer.fetch({ max_messages: MANY, expires: EXPIRES })) {
            if (message.seq !== messages.length + 1) throw new Missing(`message ${messages.length + 1} of ${name} is missing: after it comes ${message.seq}`);
            messages.push({
              seq: message.seq,
              time: Math.floor(message.info.timestampNanos / 1000),
              source: message.headers?.get('Lastfix-Source') ?? '',
              text: message.string(),
            });
          }
          if (messages.length === before) throw new Error(`message ${before + 1} of ${state.last_seq} does not come`);
        }
        return messages;
      } catch (error) {
        if (error instanceof Missing || performance.now() > deadline) throw error; // a cluster may still look for its leader
      }
    }
  } finally {
    await connection.close();
  }
}

class Missing extends Error {}
