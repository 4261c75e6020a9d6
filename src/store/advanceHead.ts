import { formatInstant, type Instant } from '../domain/instant.js';
import { VERDICTS } from '../domain/latest.js';
import type { commitSql } from './commitSql.js';
import type { Writing } from './Database.js';
import type { Merged } from './mergeRows.js';

/** Of which batch a commit is, and by whom. */
export interface Advance {
  readonly batch: number;
  readonly worker: string;
  /** How many rows were rejected that had not been. */
  readonly rejected: number;
}

/** Counts what a commit brings in the row of all, and gives the commit its place. It is not waited for. */
export function advanceHead(queries: Writing, sql: ReturnType<typeof commitSql>, { merges, made }: Merged, commit: Advance): void {
  const more = VERDICTS.map(() => 0);
  let [added, corrected, first, last, lastChange] = [0, 0, Infinity, -Infinity, -Infinity];
  for (const merge of merges) {
    for (let i = 0; i < more.length; i++) more[i]! += merge.more[i]!;
    added += merge.added.length;
    corrected += merge.corrected.length;
    first = Math.min(first, merge.added[0]?.row.arrival ?? Infinity);
    last = Math.max(last, merge.added.at(-1)?.row.arrival ?? -Infinity);
    const change = merge.added.findLast(({ verdict }) => verdict === 'change');
    lastChange = Math.max(lastChange, change?.row.arrival ?? -Infinity);
  }
  const isWithdrawn = merges.some((merge) => merge.corrected.some(({ row }) => row.verdict === 'change'));
  if (isWithdrawn) queries.send(sql.lockHead); // so that the next statement sees the devices of all commits before it
  const times = [first, last, lastChange].map(timeOrNull);
  queries.send(sql.advanceHead, [commit.batch, commit.worker, added, ...more, made, ...times, corrected, commit.rejected, isWithdrawn]);
}

function timeOrNull(instant: Instant): string | null {
  return Number.isFinite(instant) ? formatInstant(instant) : null;
}
