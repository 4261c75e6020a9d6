import { VERDICTS } from '../domain/latest.js';
import { formatInstant } from '../domain/instant.js';
import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Queries, Writing } from './Database.js';
import { GroupedRows } from './GroupedRows.js';
import { mergeRows, type Merged } from './mergeRows.js';
import type { RejectedRow } from './RejectedRow.js';
import type { StoreRow } from './StoreRow.js';
import { writeMerged } from './writeMerged.js';

/** What is to be committed together. */
export interface Committing {
  /** In any order. */
  readonly rows: readonly StoreRow[];
  /** The same by their devices, if that was made ahead. */
  readonly grouped?: GroupedRows | undefined;
  readonly rejected: readonly RejectedRow[];
  /** The number of their source, and which of its places are done with them: those from one up to another, that not included. */
  readonly source: number;
  readonly places: { readonly from: number; readonly to: number };
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
  { rows, grouped = new GroupedRows(rows), rejected, source, places, isEnd = false, worker }: Committing,
  isKnown: (device: string) => boolean,
): Promise<Merged> {
  const [batch, merged] = await Promise.all([
    nextBatch(queries, sql),
    rows.length === 0 ? { merges: [], made: 0 } : mergeRows(queries, sql, grouped, isKnown),
  ]);
  writeMerged(queries, sql, grouped, merged, batch);
  const more = rejected.length === 0 ? 0 : await writeRejected(queries, sql, source, rejected);
  const until = endOf(rows.map(({ arrival }) => arrival), Math.max);
  if (places.to > places.from) queries.send(sql.advanceSource, [source, places.to, places.from, until]);
  if (isEnd) queries.send(sql.finishSource, [source, places.to]);
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
    source,
    binaryArrays.int8(rejected.map(({ seq }) => seq)),
    binaryArrays.int8(rejected.map(({ line }) => line)),
    binaryArrays.text(rejected.map(({ reason }) => reason)),
    binaryArrays.bytea(rejected.map(({ record }) => record)),
  ]);
  return affected;
}

interface Commit {
  readonly batch: number;
  readonly worker: string;
  /** How many rows were rejected that had not been. */
  readonly rejected: number;
}

function advanceHead(queries: Writing, sql: ReturnType<typeof commitSql>, { merges, made }: Merged, commit: Commit): void {
  const added = merges.flatMap(({ added }) => added);
  const corrected = merges.flatMap(({ corrected }) => corrected);
  const more = VERDICTS.map((_, i) => merges.reduce((sum, merge) => sum + merge.more[i]!, 0));
  const isWithdrawn = corrected.some(({ row }) => row.verdict === 'change');
  if (isWithdrawn) queries.send(sql.lockHead); // so that the next statement sees the devices of all commits before it
  const arrivals = added.map(({ row }) => row.arrival);
  const changes = added.filter(({ verdict }) => verdict === 'change').map(({ row }) => row.arrival);
  queries.send(sql.advanceHead, [
    commit.batch,
    commit.worker,
    added.length,
    ...more,
    made,
    endOf(arrivals, Math.min),
    endOf(arrivals, Math.max),
    endOf(changes, Math.max),
    corrected.length,
    commit.rejected,
    isWithdrawn,
  ]);
}

/** The least or the greatest of some instants as text, if there are any. */
function endOf(instants: readonly number[], of: (a: number, b: number) => number): string | null {
  return instants.length === 0 ? null : formatInstant(instants.reduce((a, b) => of(a, b)));
}
