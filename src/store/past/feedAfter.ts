import type { Verdict } from '../../domain/latest.js';
import type { Queries } from '../Database.js';
import type { CommitPlace, StoreCursor } from './StoreCursor.js';
import { fixColumns, micros, type FixRow } from './FixRow.js';
import { heldSql } from './heldSql.js';
import { timeText } from './timeText.js';

/** Rows at most, and those that have the arrival and the place of the last. */
const MAX_ROWS = 4096;

/** A row, and by which commit it is told. */
export interface FeedRow extends FixRow {
  readonly pos: number;
  readonly verdict: Verdict;
  /** Whether its verdict was taken back by that commit, or an earlier one. */
  readonly corrected: boolean;
  /** The event time that its device held when it came, in µs; `null` for a change. */
  readonly held: number | null;
}

/** Some rows of the feed, and where they end. */
export interface Feed {
  readonly rows: readonly FeedRow[];
  readonly to: StoreCursor;
}

/**
 * Rows of some commits that follow each other, after a place and up to another one, in the order of the commits, then of
 * their arrivals and places.
 *
 * They end where a commit ends, or where the next row has another arrival or place. How many rows of a commit were told
 * would be no place in it, since a later commit takes over the rows that it corrects.
 *
 * @param schema its name, quoted
 * @param commits the one before the first of them, and those, one at least
 */
export async function feedAfter(
  queries: Queries,
  schema: string,
  { from, upTo, commits }: { readonly from: StoreCursor; readonly upTo: StoreCursor; readonly commits: readonly CommitPlace[] },
): Promise<Feed> {
  const last = commits.at(-1)!;
  const { rows } = await queries.query<FeedRow>(
    `select commits.pos, fix.verdict, fix.corrected, ${fixColumns('fix')},
      case when fix.verdict <> 'change' then ${micros(`(${heldSql(schema)})`)} end as held
    from ${schema}.commits join ${schema}.fixes fix using (batch)
    where commits.pos > $1::int8 and commits.pos <= $2::int8
      and (commits.pos > $1::int8 + 1 or (fix.arrival, fix.seq) > ($3::timestamptz, $4::int8))
      and (commits.pos <= $5::int8 or (fix.arrival, fix.seq) <= ($6::timestamptz, $7::int8))
    order by commits.pos, fix.arrival, fix.seq fetch first ${MAX_ROWS} rows with ties`,
    [from.pos, last.pos, ...keyOf(from, -Infinity), upTo.pos, ...keyOf(upTo, Infinity)],
  );
  const { id } = from;
  if (rows.length < MAX_ROWS) return { rows, to: last.pos > upTo.pos ? upTo : { ...last, row: undefined, id } };
  const { pos, arrival, seq } = rows.at(-1)!;
  const { at } = commits.find((commit) => commit.pos === pos)!;
  return { rows, to: { pos: pos - 1, at, row: { arrival, seq }, id } };
}

function keyOf({ row }: StoreCursor, otherwise: number): readonly [arrival: string, seq: number] {
  return row ? [timeText(row.arrival), row.seq] : [timeText(otherwise), 0];
}
