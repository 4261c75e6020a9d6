import type { Queries } from '../Database.js';
import { finalUntilSql } from './finalUntilSql.js';
import type { StoreCursor } from './StoreCursor.js';
import { micros } from './FixRow.js';

/** What a store says of itself: its id, its last commit, and what has come in all. */
export interface StoreState extends StoreCursor {
  /** Another one, once fixes were deleted. */
  readonly generation: string;
  readonly fixes: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly devices: number;
  /** The first and the last arrival of whatever fix, in µs. */
  readonly first: number | null;
  readonly last: number | null;
  /** Until when answers are final, in µs; null if nobody promises. */
  readonly final_until: number | null;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** Whether the database is a copy that follows another one, and may be behind it. */
  readonly is_copy: boolean;
}

/** The state of a store, in one statement. @param schema its name, quoted */
export async function stateOf(queries: Queries, schema: string): Promise<StoreState> {
  const { rows } = await queries.query<Omit<StoreState, 'row'>>(
    `select meta.id, meta.xmin::text as generation, head.pos, head.fixes, changes, late, duplicate, conflict, devices,
      coalesce(${micros('commits.at')}, 0) as at, ${micros('first_arrival')} as first, ${micros('last_arrival')} as last,
      ${finalUntilSql(schema)} as final_until, pg_is_in_recovery() as is_copy, array(select name from ${schema}.columns order by position) as extra
    from ${schema}.meta cross join ${schema}.head left join ${schema}.commits using (pos)`,
    [], // so that it is prepared
  );
  return { ...rows[0]!, row: undefined };
}
