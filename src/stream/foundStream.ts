import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream';

/** By which JetStream says that there is no such stream. */
const NOT_FOUND = 10_059;

/** What a server says of a stream, if it is there. */
export async function foundStream(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === NOT_FOUND) return undefined;
    throw error;
  }
}
