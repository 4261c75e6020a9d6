import type { Span } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { fixColumns, type FixRow } from './FixRow.js';
import { inStateSql } from './inStateSql.js';
import { spanSql } from './spanSql.js';
import type { TrackPlace } from './TrackCursor.js';

/** Which rows of a track are wanted. */
export interface TrackRowsOptions {
  readonly device: string;
  readonly span: Span;
  /** Only those after this one; `undefined` for all. */
  readonly after: TrackPlace | undefined;
  /** Only those of this commit or an earlier one, as of `inStateSql`. */
  readonly upTo: number;
  /** How many at most. */
  readonly limit: number;
  /** How many bytes their further columns have at most, but for the last row: there is always one. */
  readonly maxBytes: number;
}

/** A row, and how many bytes its further columns have. */
export interface TrackRow extends FixRow {
  readonly bytes: number;
}

/** Some rows of a track, and whether there are no others. */
export interface TrackRows {
  readonly rows: readonly TrackRow[];
  readonly isEnd: boolean;
}

/**
 * Rows of a device in the order of a clock, those of one moment in that of the other, then by their places; in one statement.
 *
 * @param schema its name, quoted
 */
export async function trackRows(
  queries: Queries,
  schema: string,
  { device, span, after, upTo, limit, maxBytes }: TrackRowsOptions,
): Promise<TrackRows> {
  const parameters: Parameter[] = [device];
  const { add, clocks, order, where } = spanSql(span, after, parameters);
  where.push(inStateSql(schema, add(upTo)));
  const { rows } = await queries.query<TrackRow & { readonly found: number }>(
    `select ${fixColumns('fix')}, fix.bytes, fix.found from (
      select own.*, count(*) over ()::int as found, sum(own.bytes) over (order by ${order} rows unbounded preceding) as total from (
        select fixes.*, coalesce(octet_length(further::text), 0) as bytes from ${schema}.fixes
        where device_id = $1 and ${where.join(' and ')} order by ${order} limit ${add(limit)}::int8) own) fix
    where fix.total - fix.bytes <= ${add(maxBytes)}::int8 order by ${clocks.map((clock) => `fix.${clock}`).join()}, fix.seq`,
    parameters,
  );
  return { rows, isEnd: rows.length === (rows[0]?.found ?? 0) && rows.length < limit };
}
