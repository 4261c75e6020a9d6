import { formatInstant } from '../../index.js';
import { secondsBehind } from '../../store/status/secondsBehind.js';
import type { PartitionStatus, StoreStatus } from '../../store/status/StoreStatus.js';
import { briefly, count } from '../text/words.js';

/** The partitions of streams, a row for each below a header; empty if there are none. */
export function partitionsTable({ partitions, now }: StoreStatus): readonly (readonly string[])[] {
  if (partitions.length === 0) return [];
  const rows = partitions.map((one) => {
    const { stream, partition, behind, stamp, until } = one;
    const seconds = secondsBehind(one, now);
    return [
      stream,
      String(partition),
      holderOf(one),
      behind === null ? '-' : count(behind),
      seconds === null ? '-' : briefly(seconds),
      stamp === null ? '-' : `${briefly(Math.max(0, now - stamp) / 1e6)} ago`,
      until === null ? '-' : formatInstant(until - 1),
    ];
  });
  return [['stream', 'partition', 'worker', 'messages behind', 'time behind', 'last message', 'final until'], ...rows];
}

function holderOf({ worker, isHeld }: PartitionStatus): string {
  return worker !== null && isHeld ? worker : `nobody${worker === null ? '' : `, last ${worker}`}`;
}
