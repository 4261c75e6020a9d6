import { parseMessage } from '../stream/parseMessage.js';
import type { StreamMessage } from './ReadStream.js';

/** The names of the extra columns of messages up to one, in the order in which they come; at least up to the first fix, unless they end. */
export async function columnsIn(messages: AsyncIterable<StreamMessage | undefined>, last: number): Promise<string[]> {
  const columns = new Set<string>();
  let hasFix = false;
  for await (const message of messages) {
    if (!message) continue;
    for (const said of parseMessage(message.data, message.time)) {
      if (said.kind !== 'fix') continue;
      hasFix = true;
      for (const name in said.fix.extra) columns.add(name);
    }
    if (hasFix && message.seq >= last) break;
  }
  return [...columns];
}
