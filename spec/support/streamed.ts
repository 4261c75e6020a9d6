import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Line } from '../../src/stream/Line.js';
import { parseMessage } from '../../src/stream/parseMessage.js';

/** A line of a stream, and where it stands there. */
export type StreamedLine = Line & { readonly subject: string; readonly source: string };

/** All lines that a stream has, in its order. @param port of the server */
export async function streamed(port: number, stream = 'gps'): Promise<StreamedLine[]> {
  const connection = await connect({ servers: `127.0.0.1:${port}` });
  try {
    const manager = await jetstreamManager(connection);
    const { state } = await manager.streams.info(stream);
    const lines: StreamedLine[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (!message) continue;
      const source = message.header.get('Lastfix-Source');
      for (const line of parseMessage(message.data)) lines.push({ ...line, subject: message.subject, source });
    }
    return lines;
  } finally {
    await connection.close();
  }
}
