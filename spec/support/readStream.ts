import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Line } from '../../src/stream/Line.js';
import { parseMessage } from '../../src/stream/parseMessage.js';

/** How long a server may take to answer, also while a cluster chooses a leader, in ms. */
const PATIENCE = 30_000;

/** A message as a stream has it. */
export interface ReadMessage {
  readonly seq: number;
  readonly subject: string;
  readonly header: (name: string) => string;
  readonly lines: readonly Line[];
}

/** All messages of a stream, in order. */
export async function readStream(port: number, name = 'gps'): Promise<ReadMessage[]> {
  const connection = await connect({ servers: `127.0.0.1:${port}` });
  try {
    const { state } = await (await jetstreamManager(connection, { timeout: PATIENCE })).streams.info(name);
    const messages: ReadMessage[] = [];
    if (state.messages === 0) return messages;
    const consumer = await jetstream(connection, { timeout: PATIENCE }).consumers.get(name);
    for await (const { seq, subject, headers, data } of await consumer.consume()) {
      messages.push({ seq, subject, header: (key) => headers?.get(key) ?? '', lines: parseMessage(data) });
      if (seq >= state.last_seq) break;
    }
    return messages;
  } finally {
    await connection.close();
  }
}

/** The fixes of some messages, as they stand in them. */
export function fixesIn(messages: readonly ReadMessage[]) {
  return messages.flatMap(({ lines }) => lines.flatMap((line) => (line.kind === 'fix' ? [line.fix] : [])));
}
