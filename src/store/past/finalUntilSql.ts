import { micros } from './FixRow.js';

/**
 * Until when answers of a store are final, in µs, as SQL; null if nobody promises.
 *
 * It is the least of what is open: of the partitions of streams, but for those that are closed, and of the recordings that
 * are being played straight into the store, or were and did not end. All that arrived before is there of each; what arrived
 * with it, in the same microsecond, may not be. If nothing is open, and a recording has ended, it is the last arrival of all.
 *
 * @param schema its name, quoted
 */
export function finalUntilSql(schema: string): string {
  return `(select case when least = '-infinity' then null when least < 'infinity' then ${micros('least')} - 1
      when exists (select from ${schema}.sources where finished) then (select ${micros('last_arrival')} from ${schema}.head) end
    from (select min(until_arrival) as least from (
      (select until_arrival from ${schema}.sources where not finished and until_arrival is not null order by until_arrival limit 1)
      union all select coalesce(until_arrival, '-infinity') from ${schema}.partitions) open) open)`;
}
