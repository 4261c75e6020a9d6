import { aged } from '../../domain/aged.js';
import { boundsOf } from '../../domain/boundsOf.js';
import type { Answer, Moment } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { newestSql } from './newestSql.js';
import { fixColumns, fixIn, micros, type FixRow } from './FixRow.js';

/** The row of a fix, if there is one, or else how early there are others; and what does not depend on the device. */
type NewestRow = (FixRow | { readonly device_id: null }) & {
  readonly first_arrival: number | null;
  readonly first_event: number | null;
  readonly last: number | null;
  readonly extra: readonly string[] | null;
};

/** The answer about a device at a moment, in one statement, so that all of it is of one state. @param schema its name, quoted */
export async function askNewest(queries: Queries, schema: string, device: string, moment: Moment): Promise<Answer> {
  const parameters: Parameter[] = [device];
  const add = (parameter: string) => `$${parameters.push(parameter)}`;
  const { prelude, newest, firstArrival, firstEvent } = newestSql({ fixes: `${schema}.fixes`, device: '$1', add }, moment);
  const sql = `${prelude} select ${fixColumns('fix')}, ${micros('head.last_arrival')} as last,
    case when fix.device_id is not null then array(select name from ${schema}.columns order by position) end as extra,
    case when fix.device_id is null then ${micros(`(${firstArrival})::timestamptz`)} end as first_arrival,
    case when fix.device_id is null then ${micros(`(${firstEvent})::timestamptz`)} end as first_event
    from ${schema}.head left join lateral (${newest}) fix on true`;
  const { rows } = await queries.query<NewestRow>(sql, parameters);
  const { first_arrival, first_event, last, extra, ...row } = rows[0]!;
  if (row.device_id !== null) return aged(fixIn(row, extra!), moment, last ?? undefined, extra!);
  const { event, arrival } = boundsOf(moment);
  if (first_arrival !== null) return { known: 'only later', by: 'arrival', asked: arrival, first: first_arrival };
  if (first_event !== null) return { known: 'only later', by: 'event', asked: event, first: first_event };
  return { known: 'nothing' };
}
