import type { FixesOptions, FixesPage, Span } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { appendedOf } from './appendedOf.js';
import type { FeedRow } from './feedAfter.js';
import { fixColumns, micros } from './FixRow.js';
import { heldSql } from './heldSql.js';
import { stateOf } from './stateOf.js';
import { timeText } from './timeText.js';
import { formatTrackCursor, parseTrackCursor, type TrackPlace } from './TrackCursor.js';

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1024;

/**
 * A page of the fixes of all devices within a span: as many of each device as the page may have, found by the index of the
 * device, and the first of those. Where several have both times and the place of the last, it has all of them.
 *
 * @param schema its name, quoted
 * @throws InvalidCursor
 */
export async function storeFixes(
  queries: Queries,
  schema: string,
  { by, from, to, knownAt }: Span,
  { after: cursor, limit = PAGE_FIXES }: FixesOptions,
): Promise<FixesPage> {
  const after = cursor === undefined ? undefined : parseTrackCursor(cursor);
  const parameters: Parameter[] = [];
  const add = (parameter: Parameter) => `$${parameters.push(parameter)}`;
  const time = (instant: number) => `${add(timeText(instant))}::timestamptz`;
  const clocks = by === 'event' ? (['event_time', 'arrival'] as const) : (['arrival', 'event_time'] as const);
  const [own] = clocks;
  const conditions = [
    `${own} >= ${time(Math.max(from, after?.[own] ?? -Infinity))}`,
    `${own} <= ${time(to)}`,
    ...(knownAt === Infinity ? [] : [`arrival <= ${time(knownAt)}`]),
    ...(after ? [`(${clocks.join()}, seq) > (${clocks.map((clock) => time(after[clock])).join()}, ${add(after.seq)}::int8)`] : []),
  ];
  const [order, most] = [`${clocks.join()}, seq`, `${add(limit + 1)}::int8`];
  const { rows } = await queries.query<FeedRow>(
    `select fix.verdict, false as corrected, ${fixColumns('fix')},
      case when fix.verdict <> 'change' then ${micros(`(${heldSql(schema)})`)} end as held
    from (select own.* from ${schema}.devices device cross join lateral (
        select * from ${schema}.fixes where device_id = device.device_id and ${conditions.join(' and ')} order by ${order} limit ${most}
      ) own order by ${order} fetch first (${most}) rows with ties) fix
    order by ${clocks.map((clock) => `fix.${clock}`).join()}, fix.seq`,
    parameters,
  );
  const end = endOf(rows, limit);
  const { changes, late } = appendedOf(rows.slice(0, end), (await stateOf(queries, schema)).extra);
  return { changes, late, next: rows.length > limit ? formatTrackCursor(rows[end - 1]!) : undefined };
}

/** How many rows a page has: the limit, and those that cannot be told from the last of them. */
function endOf(rows: readonly TrackPlace[], limit: number): number {
  let end = Math.min(rows.length, limit);
  const isAsLast = ({ event_time, arrival, seq }: TrackPlace) => {
    const last = rows[end - 1]!;
    return event_time === last.event_time && arrival === last.arrival && seq === last.seq;
  };
  while (end < rows.length && isAsLast(rows[end]!)) end++;
  return end;
}
