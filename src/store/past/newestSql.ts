import { boundsOf } from '../../domain/boundsOf.js';
import type { Moment } from '../../domain/Past.js';
import { timeText } from './timeText.js';

export interface NewestSqlOptions {
  /** The name of the table of fixes. */
  readonly fixes: string;
  /** An expression of the device. */
  readonly device: string;
  /** Adds a parameter to those of the statement: the name by which SQL means it. */
  readonly add: (parameter: string) => string;
}

/**
 * The row of the newest fix of a device as of a moment, as SQL.
 *
 * By arrival it is the last change. By event time it is the newest of all; of those that had arrived by a moment it is the
 * change that was the last then, unless that was taken after `at`. Then it is older, and is looked for among all fixes: at
 * once, it would be behind everything that has arrived since.
 */
export function newestSql({ fixes, device, add }: NewestSqlOptions, moment: Moment): string {
  const bounds = boundsOf(moment);
  const own = `from ${fixes} where device_id = ${device}`;
  const lastChange = (arrival: string) =>
    `select * ${own} and verdict = 'change' and arrival <= ${arrival} order by arrival desc, seq desc limit 1`;
  const taken = (conditions: string) => `select * ${own} and ${conditions} order by event_time desc, arrival, seq limit 1`;
  const timeOf = (bound: 'event' | 'arrival') => `${add(timeText(bounds[bound]))}::timestamptz`;
  if (moment.by !== 'event') return lastChange(timeOf('arrival'));
  const isTaken = `event_time <= ${timeOf('event')}`;
  if (moment.knownAt === undefined) return taken(isTaken);
  const arrival = timeOf('arrival');
  const inTime = `select * from last_change where ${isTaken}`;
  return `with last_change as materialized (${lastChange(arrival)})
    ${inTime} union all (${taken(`${isTaken} and arrival <= ${arrival} and not exists (${inTime})`)})`;
}
