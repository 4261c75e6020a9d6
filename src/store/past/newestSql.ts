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

/** What is put together as `prelude select … from (newest)`. */
export interface NewestSql {
  /** What comes before: nothing, or the definition of `last_change`. */
  readonly prelude: string;
  /** The row of the newest fix, if there is one. */
  readonly newest: string;
  /** When the first fix arrived, or was taken, whichever there is to tell if there is no newest one. */
  readonly firstArrival: string;
  readonly firstEvent: string;
}

/**
 * The newest fix of a device as of a moment, as SQL.
 *
 * By arrival it is the last change. By event time it is the newest of all; of those that had arrived by a moment it is the
 * change that was the last then, unless that was taken after `at`. Then it is older, and is looked for among all fixes: at
 * once, it would be behind everything that has arrived since.
 */
export function newestSql({ fixes, device, add }: NewestSqlOptions, moment: Moment): NewestSql {
  const bounds = boundsOf(moment);
  const own = `from ${fixes} where device_id = ${device}`;
  const timeOf = (bound: 'event' | 'arrival') => `${add(timeText(bounds[bound]))}::timestamptz`;
  const firstArrival = `select arrival ${own} order by arrival, seq limit 1`;
  const firstEvent = (conditions: string) => `select event_time ${own} ${conditions} order by event_time limit 1`;
  const lastChange = (arrival: string) =>
    `select * ${own} and verdict = 'change' and arrival <= ${arrival} order by arrival desc, seq desc limit 1`;
  const taken = (conditions: string) => `select * ${own} and ${conditions} order by event_time desc, arrival, seq limit 1`;
  if (moment.by !== 'event') return { prelude: '', newest: lastChange(timeOf('arrival')), firstArrival, firstEvent: 'select null' };
  const isTaken = `event_time <= ${timeOf('event')}`;
  if (moment.knownAt === undefined)
    return { prelude: '', newest: taken(isTaken), firstArrival: 'select null', firstEvent: firstEvent('') };
  const arrival = timeOf('arrival');
  const older = taken(`${isTaken} and arrival <= ${arrival} and exists (select from last_change where not ${isTaken})`);
  return {
    prelude: `with last_change as materialized (${lastChange(arrival)})`,
    newest: `select * from last_change where ${isTaken} union all (${older})`,
    firstArrival: `select (${firstArrival}) where not exists (select from last_change)`,
    firstEvent: `select (${firstEvent(`and arrival <= ${arrival}`)}) where exists (select from last_change)`,
  };
}
