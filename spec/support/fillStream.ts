import { headers } from '@nats-io/transport-node';
import type { Dice } from '../../src/generate/Dice.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { partitionOf } from '../../src/stream/partitionOf.js';
import type { Stream } from '../../src/stream/Stream.js';
import { lineOfRow, sourceOfRow } from './streamedRows.js';

/** Publishes rows in messages of up to so many lines, each device in its partition, and some messages a second time. */
export async function fillStream(stream: Stream, rows: readonly StoreRow[], dice: Dice, most = 40): Promise<void> {
  const parts = new Map<string, StoreRow[]>();
  const publish = async (part: readonly StoreRow[]) => {
    const named = headers();
    named.set('Lastfix-Source', sourceOfRow(part[0]!));
    const subject = stream.subjectOf(partitionOf(part[0]!.device, stream.partitions));
    await stream.jetstream().publish(subject, part.map((row) => `${lineOfRow(row)}\n`).join(''), { headers: named, retries: 10 });
  };
  for (const row of rows) {
    const key = `${partitionOf(row.device, stream.partitions)} ${sourceOfRow(row)}`;
    const part = parts.get(key) ?? [];
    parts.set(key, part);
    part.push(row);
    if (part.length < most) continue;
    await publish(part);
    if (dice.happens(0.1)) await publish(part);
    parts.delete(key);
  }
  for (const part of parts.values()) await publish(part);
}
