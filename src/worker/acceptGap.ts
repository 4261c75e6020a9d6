import { formatInstant } from '../domain/instant.js';
import type { Queries } from '../store/Database.js';
import type { Gap } from './gapIn.js';
import type { Hold, Position } from './Hold.js';
import { LostPartitions } from './LostPartitions.js';
import type { StreamState } from './ReadStream.js';
import type { workerSql } from './workerSql.js';

export interface Accepted {
  readonly stream: string;
  readonly hold: Hold;
  readonly gap: Gap;
  readonly state: StreamState;
  /** What it is, in words. */
  readonly reason: string;
  /** The number of the stream that was read, as a source. */
  readonly source: number;
}

/**
 * Notes in the table `rejected` that messages are missing, and moves the position of a partition over the gap: behind what was
 * purged, or to the start of a stream that is not the one that was read. What is there already is not doubled by that.
 *
 * @throws LostPartitions if the partition is another worker's
 */
export async function acceptGap(
  queries: Queries,
  sql: ReturnType<typeof workerSql>,
  { stream, hold, gap, state, reason, source }: Accepted,
): Promise<Position> {
  const { partition, epoch, position: { seq, stamp, checked } } = hold;
  const next: Position =
    gap.kind === 'purged'
      ? { created: state.created, seq, stamp, checked: gap.to }
      : { created: state.created, seq: 0, stamp: undefined, checked: Math.max(0, state.first - 1) };
  const nextStamp = next.stamp === undefined ? null : formatInstant(next.stamp);
  const position = [formatInstant(next.created), next.seq, nextStamp, next.checked];
  const { rows } = await queries.query(sql.resetPosition, [stream, partition, epoch, seq, ...position]);
  if (rows.length === 0) throw new LostPartitions([partition]);
  const { affected } = await queries.query(sql.insertRejected, [source, Math.max(seq, checked) + 1, -1 - partition, reason]);
  if (affected > 0) await queries.query(sql.countRejected);
  return next;
}
