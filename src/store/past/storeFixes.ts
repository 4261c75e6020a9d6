import { formatPageCursor } from '../../domain/PageCursor.js';
import type { FixesOptions, FixesPage, Span } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { appendedOf } from './appendedOf.js';
import type { FeedRow } from './feedAfter.js';
import { fixColumns, micros } from './FixRow.js';
import { heldSql } from './heldSql.js';
import { inStateSql } from './inStateSql.js';
import { pageStart } from './pageStart.js';
import { spanSql } from './spanSql.js';
import { stateOf } from './stateOf.js';
import { formatStoreCursor } from './StoreCursor.js';
import { formatTrackCursor, type TrackPlace } from './TrackCursor.js';

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1024;
/** A page ends after so many bytes of further columns, however few fixes it has. */
const MAX_BYTES = 16 * 1024 * 1024;

interface PageRow extends FeedRow {
  /** How many rows were found, before those were left out that would be too much. */
  readonly found: number;
}

/**
 * A page of the fixes of all devices within a span: as many of each device as the page may have, found by the index of the
 * device, and the first of those. Where several have both times and the place of the last, it has all of them. Holds 16 MiB
 * of further columns, and one row or several with the same times and place.
 *
 * Pages after the first have what was there when that was read, by the verdicts of now; and what has come since and was
 * corrected, which cannot be told from it.
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
  const now = await stateOf(queries, schema);
  const { after, state } = pageStart(cursor, now);
  const parameters: Parameter[] = [];
  const { add, clocks, order, where } = spanSql({ by, from, to, knownAt }, after, parameters);
  if (state.pos < now.pos) where.push(inStateSql(schema, add(state.pos)));
  const most = `${add(limit + 1)}::int8`;
  const { rows } = await queries.query<PageRow>(
    `select fix.verdict, false as corrected, ${fixColumns('fix')}, fix.found,
      case when fix.verdict <> 'change' then ${micros(`(${heldSql(schema)})`)} end as held
    from (select first.*, count(*) over ()::int as found,
        sum(first.bytes) over (order by ${order}) - sum(first.bytes) over (partition by ${order}) as before
      from (select own.* from ${schema}.devices device cross join lateral (
          select fixes.*, coalesce(octet_length(further::text), 0) as bytes from ${schema}.fixes
          where device_id = device.device_id and ${where.join(' and ')} order by ${order} limit ${most}
        ) own order by ${order} fetch first (${most}) rows with ties) first) fix
    where fix.before <= ${add(MAX_BYTES)}::int8
    order by ${clocks.map((clock) => `fix.${clock}`).join()}, fix.seq`,
    parameters,
  );
  const end = endOf(rows, limit);
  const { changes, late } = appendedOf(rows.slice(0, end), now.extra);
  const ended = formatStoreCursor(state);
  const found = rows[0]?.found ?? 0;
  const isAll = found <= limit && found === rows.length;
  const next = isAll ? undefined : formatPageCursor({ place: formatTrackCursor(rows[end - 1]!), state: ended });
  return { changes, late, next, cursor: ended };
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
