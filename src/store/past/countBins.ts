import type { Clock } from '../../domain/Clock.js';
import type { Instant } from '../../domain/instant.js';
import { VERDICTS, type Verdict } from '../../domain/latest.js';
import type { Queries } from '../Database.js';
import type { VerdictCounts } from './CountedBins.js';
import { micros } from './FixRow.js';
import { timeText } from './timeText.js';

export interface Binned {
  readonly by: Clock;
  /** In µs. */
  readonly step: number;
  /** Which times to count: a multiple of the step, and an end that is not included. */
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Counts all fixes of a span: reads all of them, but for the parts of the table that have none of it.
 *
 * @param schema its name, quoted
 */
export async function countBins(queries: Queries, schema: string, { by, step, from, to }: Binned): Promise<Map<number, VerdictCounts>> {
  const { rows } = await queries.query<{ readonly bin: number; readonly verdict: Verdict; readonly count: number }>(
    `select ${micros('bin')} / $4::int8 as bin, verdict, count from (
      select ${binSql(by)} as bin, verdict, count(*) as count from ${schema}.fixes fix where ${isWithin(by)} group by 1, 2) counted`,
    [timeText(from), timeText(to), intervalText(step), step],
  );
  const counts = new Map<number, number[]>();
  for (const { bin, verdict, count } of rows) {
    const own = counts.get(bin) ?? VERDICTS.map(() => 0);
    own[VERDICTS.indexOf(verdict)]! += count;
    counts.set(bin, own);
  }
  return counts;
}

/** When the bin of a fix begins. The first three parameters are where the first begins, where the last ends, and the step. */
export function binSql(by: Clock): string {
  return `date_bin($3::interval, fix.${timeOf(by)}, $1::timestamptz)`;
}

/** Whether a fix is of the span of those parameters. */
export function isWithin(by: Clock): string {
  return `fix.${timeOf(by)} >= $1::timestamptz and fix.${timeOf(by)} < $2::timestamptz`;
}

/** A step as PostgreSQL reads it: of whole seconds. */
export function intervalText(step: number): string {
  return `${step / 1e6} seconds`;
}

function timeOf(by: Clock): string {
  return by === 'event' ? 'event_time' : 'arrival';
}
