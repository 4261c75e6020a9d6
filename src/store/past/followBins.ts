import { VERDICTS, type Verdict } from '../../domain/latest.js';
import type { Queries } from '../Database.js';
import { binSql, countBins, intervalText, isWithin } from './countBins.js';
import type { CountedBins } from './CountedBins.js';
import { micros } from './FixRow.js';
import type { StoreState } from './stateOf.js';
import { timeText } from './timeText.js';

/** More bins than these are not kept. */
const MOST_BINS = 10_000;

interface FollowedRow {
  readonly bin: number;
  readonly verdict: Verdict;
  readonly corrected: boolean;
  readonly count: number;
}

/**
 * Counts what was committed after the counts of some bins: reads those fixes. A fix whose verdict was taken back was counted
 * as something else, nobody knows as what: the bins from the first to the last that has such a fix are counted anew.
 *
 * @param queries of one state
 * @param schema its name, quoted
 * @returns `undefined` if all is to be counted anew, because that is less, or because the commits are no longer the same
 */
export async function followBins(
  queries: Queries,
  schema: string,
  counted: CountedBins,
  state: StoreState,
): Promise<CountedBins | undefined> {
  const { by, step, from, to, place, generation } = counted;
  if (place.id !== state.id || generation !== state.generation || counted.counts.size > MOST_BINS) return undefined;
  if (place.pos === state.pos) return place.at === state.at ? counted : undefined;
  const span = [timeText(from), timeText(to), intervalText(step)];
  const { rows: [since] } = await queries.query<{ readonly at: number | null; readonly rows: number }>(
    `select (select ${micros('at')} from ${schema}.commits where pos = $1) as at,
      (select coalesce(sum(fixes + corrected), 0)::int8 from ${schema}.commits where pos > $1 and pos <= $2) as rows`,
    [place.pos, state.pos],
  );
  if ((since!.at ?? 0) !== place.at || since!.rows > state.fixes / 2) return undefined;
  const { rows } = await queries.query<FollowedRow>(
    `select ${micros('bin')} / $4::int8 as bin, verdict, corrected, count from (
      select ${binSql(by)} as bin, verdict, fix.corrected, count(*) as count from ${schema}.commits join ${schema}.fixes fix using (batch)
      where commits.pos > $5 and commits.pos <= $6 and ${isWithin(by)} group by 1, 2, 3) counted`,
    [...span, step, place.pos, state.pos],
  );
  const counts = new Map(counted.counts);
  for (const { bin, verdict, count } of rows.filter(({ corrected }) => !corrected)) {
    const own = [...(counts.get(bin) ?? VERDICTS.map(() => 0))];
    own[VERDICTS.indexOf(verdict)]! += count;
    counts.set(bin, own);
  }
  const corrected = rows.filter((row) => row.corrected).map(({ bin }) => bin);
  if (corrected.length > 0) {
    const [first, last] = [Math.min(...corrected), Math.max(...corrected)];
    for (const bin of counts.keys()) if (bin >= first && bin <= last) counts.delete(bin);
    const again = await countBins(queries, schema, { by, step, from: first * step, to: (last + 1) * step });
    for (const [bin, own] of again) counts.set(bin, own);
  }
  return { ...counted, place: state, counts };
}
