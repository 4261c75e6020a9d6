import { aged } from '../../domain/aged.js';
import { boundsOf } from '../../domain/boundsOf.js';
import type { Answer, Moment } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { newestSql } from './newestSql.js';
import { fixColumns, fixIn, micros, type FixRow } from './FixRow.js';
import { timeText } from './timeText.js';

/** The row of a fix, if there is one, or else how early there are others; and what does not depend on the device. */
type NewestRow = (FixRow | { readonly device_id: null }) & {
  readonly first_arrival: number | null;
  readonly first_event: number | null;
  readonly last: number | null;
  readonly extra: readonly string[];
};

/** The answer about a device at a moment, in one statement, so that all of it is of one state. @param schema its name, quoted */
export async function askNewest(queries: Queries, schema: string, device: string, moment: Moment): Promise<Answer> {
  const parameters: Parameter[] = [device];
  const add = (parameter: string) => `$${parameters.push(parameter)}`;
  const fixes = `${schema}.fixes`;
  const own = `from ${fixes} where device_id = $1`;
  const bounds = boundsOf(moment);
  const arrived = bounds.arrival === Infinity ? '' : `and arrival <= ${add(timeText(bounds.arrival))}`;
  const otherwise = (value: string, row: string) => `case when fix.device_id is null then (select ${micros(value)} ${row} limit 1) end`;
  const sql = `select ${fixColumns('fix')}, ${micros('head.last_arrival')} as last,
    array(select name from ${schema}.columns order by position) as extra,
    ${otherwise('arrival', `${own} order by arrival, seq`)} as first_arrival,
    ${otherwise('event_time', `${own} ${arrived} order by event_time`)} as first_event
    from ${schema}.head left join lateral (${newestSql({ fixes, device: '$1', add }, moment)}) fix on true`;
  const { rows } = await queries.query<NewestRow>(sql, parameters);
  const { first_arrival, first_event, last, extra, ...row } = rows[0]!;
  if (row.device_id !== null) return aged(fixIn(row, extra), moment, last ?? undefined, extra);
  if (first_arrival === null) return { known: 'nothing' };
  if (first_arrival > bounds.arrival) return { known: 'only later', by: 'arrival', asked: bounds.arrival, first: first_arrival };
  return { known: 'only later', by: 'event', asked: bounds.event, first: first_event! };
}
