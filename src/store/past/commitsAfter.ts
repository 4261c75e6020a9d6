import type { Queries } from '../Database.js';
import type { CommitPlace, StoreCursor } from './StoreCursor.js';
import { micros } from './FixRow.js';

/** Commits that are looked at together. */
const MAX_COMMITS = 256;
/** Commits beyond these many rows are left for the next time. */
const ENOUGH_ROWS = 4096;

/**
 * The commit of a place, and those after it up to another place: as many as it takes for some thousand rows, one at least.
 * `undefined` if the last commit that has a part in that place is another one by now, as in a database that was restored.
 *
 * @param schema its name, quoted
 */
export async function commitsAfter(
  queries: Queries,
  schema: string,
  from: StoreCursor,
  upTo: StoreCursor,
): Promise<readonly CommitPlace[] | undefined> {
  const { rows } = await queries.query<CommitPlace & { readonly count: number }>(
    `select pos, ${micros('at')} as at, fixes + corrected as count from ${schema}.commits
    where pos >= $1::int8 and pos <= $2::int8 order by pos limit ${MAX_COMMITS}`,
    [from.pos, upTo.row ? upTo.pos + 1 : upTo.pos],
  );
  const all = from.pos === 0 ? [{ pos: 0, at: 0, count: 0 }, ...rows] : rows;
  if (all[from.row ? 1 : 0]?.at !== from.at) return undefined;
  const commits: CommitPlace[] = [];
  let sum = 0;
  for (const { pos, at, count } of all) {
    if (commits.length > 1 && sum >= ENOUGH_ROWS) break;
    commits.push({ pos, at });
    if (commits.length > 1) sum += count;
  }
  return commits;
}
