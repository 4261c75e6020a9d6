import type { Span } from '../../domain/Past.js';
import type { Parameter, Queries } from '../Database.js';
import { fixColumns, type FixRow } from './FixRow.js';
import type { TrackPlace } from './TrackCursor.js';
import { timeText } from './timeText.js';

/** Which rows of a track are wanted. */
export interface TrackRowsOptions {
  readonly device: string;
  readonly span: Span;
  /** Only those after this one; `undefined` for all. */
  readonly after: TrackPlace | undefined;
  /** How many at most. */
  readonly limit: number;
}

/**
 * Rows of a device in the order of a clock, those of one moment in that of the other, then by their places; in one statement.
 *
 * @param schema its name, quoted
 */
export async function trackRows(
  queries: Queries,
  schema: string,
  { device, span: { by, from, to, knownAt }, after, limit }: TrackRowsOptions,
): Promise<readonly FixRow[]> {
  const parameters: Parameter[] = [device];
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
  const { rows } = await queries.query<FixRow>(
    `select ${fixColumns('fixes')} from ${schema}.fixes where device_id = $1 and ${conditions.join(' and ')}
    order by ${clocks.map((clock) => `fixes.${clock}`).join()}, seq limit ${add(limit)}::int8`,
    parameters,
  );
  return rows;
}
