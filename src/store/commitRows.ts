import { formatInstant } from '../domain/instant.js';
import { advanceHead } from './advanceHead.js';
import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Queries, Writing } from './Database.js';
import { GroupedRows } from './GroupedRows.js';
import { mergeRows, type Merged } from './mergeRows.js';
import type { RejectedRow } from './RejectedRow.js';
import type { StoreRow } from './StoreRow.js';
import { writeMerged } from './writeMerged.js';

/** A position in the store that moves on with some rows, in their transaction. */
export interface CommitPosition {
  /** Moves it on. @throws Overtaken if somebody else has moved it */
  advance(queries: Queries): Promise<void>;
  /** Leaves it where it is, since more rows are to come. @throws Overtaken if somebody else has moved it */
  hold(queries: Queries): Promise<void>;
}

/** What is to be committed together. */
export interface Committing {
  /** In any order. */
  readonly rows: readonly StoreRow[];
  /** The same by their devices, if that was made ahead. */
  readonly grouped?: GroupedRows | undefined;
  readonly rejected: readonly RejectedRow[];
  /** The number of their source; if they come through a stream, that of the rejected ones. */
  readonly source: number;
  /** Which places of the source are done with them: those from one up to another, that not included. Default: nobody asks. */
  readonly places?: { readonly from: number; readonly to: number };
  /** How far they reach in what they come through, if that is kept in the store. */
  readonly position?: CommitPosition;
  /** Where a row stands that is refused. Default: its place in its source, as line 0. */
  readonly placeOf?: (row: StoreRow) => Pick<RejectedRow, 'source' | 'seq' | 'line'>;
  /** Whether these are the last of their source. Default: no. */
  readonly isEnd?: boolean;
  /** Who commits them. */
  readonly worker: string;
}

/**
 * Commits rows to a store, in the transaction that `queries` are of: after it, the store is as if all rows that it has had
 * come in the order of their keys. What is there already stays as it is.
 *
 * Holds the locks of the devices until the transaction ends, and at its end that of the head, which puts commits in order.
 */
export async function commitRows(
  queries: Writing,
  sql: ReturnType<typeof commitSql>,
  { rows, grouped = new GroupedRows(rows), rejected, source, places, position, isEnd = false, worker }: Committing,
  isKnown: (device: string) => boolean,
): Promise<Merged> {
  const advanced = position?.advance(queries); // first, so that who has been overtaken waits for nobody
  advanced?.catch(() => undefined); // it is waited for below, when the rest has been answered
  const [batch, merged] = await Promise.all([
    nextBatch(queries, sql),
    rows.length === 0 ? { merges: [], made: 0 } : mergeRows(queries, sql, grouped, isKnown),
  ]);
  await advanced;
  writeMerged(queries, sql, grouped, merged, batch);
  const more = rejected.length === 0 ? 0 : await writeRejected(queries, sql, source, rejected);
  if (places && places.to > places.from) queries.send(sql.advanceSource, [source, places.to, places.from, lastArrival(rows)]);
  if (places && isEnd) queries.send(sql.finishSource, [source, places.to]);
  if (more > 0 || merged.merges.some(({ added, corrected }) => added.length + corrected.length > 0))
    advanceHead(queries, sql, merged, { batch, worker, rejected: more });
  return merged;
}

async function nextBatch(queries: Queries, sql: ReturnType<typeof commitSql>): Promise<number> {
  const { rows } = await queries.query<{ batch: number }>(sql.nextBatch);
  return rows[0]!.batch;
}

async function writeRejected(queries: Queries, sql: ReturnType<typeof commitSql>, source: number, rejected: readonly RejectedRow[]) {
  const { affected } = await queries.query(sql.insertRejected, [
    binaryArrays.int8(rejected.map((row) => row.source ?? source)),
    binaryArrays.int8(rejected.map(({ seq }) => seq)),
    binaryArrays.int8(rejected.map(({ line }) => line)),
    binaryArrays.text(rejected.map(({ reason }) => reason)),
    binaryArrays.bytea(rejected.map(({ record }) => record)),
  ]);
  return affected;
}

/** When the last of some rows arrived, if there are any. */
function lastArrival(rows: readonly StoreRow[]): string | null {
  return rows.length === 0 ? null : formatInstant(rows.reduce((last, { arrival }) => Math.max(last, arrival), -Infinity));
}
