import type { Instant } from '../domain/instant.js';
import { binaryArrays } from '../store/binaryArrays.js';
import type { CommitPosition } from '../store/commitRows.js';
import type { Queries } from '../store/Database.js';
import type { Hold } from './Hold.js';
import { LostPartitions } from './LostPartitions.js';
import type { NumberedSource } from './Read.js';
import type { workerSql } from './workerSql.js';

/** How far a partition moves on. */
export interface Move {
  readonly hold: Hold;
  /** The last message that is committed now, and when the stream got it. */
  readonly seq: number;
  readonly stamp: Instant;
  /** All that arrived before this is there, as its publishers say; `undefined` if they say nothing. */
  readonly until: Instant | undefined;
  /** How many messages of it the stream had after that one. */
  readonly behind: number;
}

const { int8, text, timestamptz } = binaryArrays;

/**
 * The positions of partitions, moved on within the commit of what was read of them: by comparing and setting.
 *
 * @param sources those of what was read
 * @throws LostPartitions from both, for those that are another worker's, or not where this one left them; for all, if the store
 * knows other sources by the numbers of these, since it was restored
 */
export function movedOn(
  sql: ReturnType<typeof workerSql>,
  stream: string,
  moves: readonly Move[],
  sources: readonly NumberedSource[],
): CommitPosition {
  const holds = moves.map(({ hold }) => hold);
  const partitions = holds.map(({ partition }) => partition);
  const keys = [
    stream,
    partitions,
    int8(holds.map(({ epoch }) => epoch)),
    timestamptz(holds.map(({ position }) => position.created)),
    int8(holds.map(({ position }) => position.seq)),
    int8(sources.map(({ number }) => number)),
    text(sources.map(({ name }) => name)),
  ];
  const check = async (queries: Queries, statement: string, more: readonly Buffer[]) => {
    const { rows } = await queries.query<{ partition: number }>(statement, [...keys, ...more]);
    if (rows.length === moves.length) return;
    const found = new Set(rows.map(({ partition }) => partition));
    throw new LostPartitions(partitions.filter((partition) => !found.has(partition)));
  };
  return {
    hold: (queries) => check(queries, sql.hold, []),
    advance: (queries) =>
      check(queries, sql.advance, [
        int8(moves.map(({ seq }) => seq)),
        timestamptz(moves.map(({ stamp }) => stamp)),
        timestamptz(moves.map(({ until }) => until ?? null)),
        int8(moves.map(({ behind }) => behind)),
      ]),
  };
}
