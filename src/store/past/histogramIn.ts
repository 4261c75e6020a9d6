import { binsOf } from '../../domain/binsOf.js';
import type { Histogram, HistogramSpan } from '../../domain/Histogram.js';
import { VERDICTS, type Verdict } from '../../domain/latest.js';
import { spanWithin } from '../../domain/spanWithin.js';
import type { Queries } from '../Database.js';
import { stateOf, type StoreState } from './stateOf.js';
import { formatStoreCursor } from './StoreCursor.js';
import { micros } from './FixRow.js';
import { timeText } from './timeText.js';

/** How many fixes of each kind there are in each bin of a span: reads all of them. @param schema its name, quoted */
export async function histogramIn(queries: Queries, schema: string, span: HistogramSpan, max: number): Promise<Histogram> {
  const state = await stateOf(queries, schema);
  const ends = span.by === 'arrival' ? state : await eventsIn(queries, schema);
  const { from, step, count } = binsOf(spanWithin(span, ends.first ?? undefined, ends.last ?? undefined), max);
  const time = span.by === 'event' ? 'event_time' : 'arrival';
  const { rows } = await queries.query<{ readonly bin: number; readonly verdict: Verdict; readonly count: number }>(
    `select ((${micros('bin')} - $3::int8) / $4::int8) as bin, verdict, count from (
      select date_bin(make_interval(secs => $5), ${time}, $1) as bin, verdict, count(*) as count from ${schema}.fixes
      where ${time} >= $1::timestamptz and ${time} < $2::timestamptz group by 1, 2) counted`,
    [timeText(from), timeText(from + count * step), from, step, step / 1e6],
  );
  const inBins = (kind: Verdict) => {
    const counts = new Array<number>(count).fill(0);
    for (const { bin, verdict, count } of rows) if (verdict === kind) counts[bin] = count;
    return counts;
  };
  const [changes, late, duplicates, conflicts] = VERDICTS.map(inBins) as [number[], number[], number[], number[]];
  return { by: span.by, from, step, changes, late, duplicates, conflicts, cursor: formatStoreCursor(state) };
}

/** The first and the last event of all, by a look at each device. */
async function eventsIn(queries: Queries, schema: string): Promise<Pick<StoreState, 'first' | 'last'>> {
  const { rows } = await queries.query<Pick<StoreState, 'first' | 'last'>>(
    `select ${micros('min(first)')} as first, ${micros('max(device.event_time)')} as last from ${schema}.devices device
    cross join lateral (select event_time as first from ${schema}.fixes
      where fixes.device_id = device.device_id order by event_time limit 1) fix`,
  );
  return rows[0]!;
}
