import type { Queries } from '../Database.js';
import { finalUntilSql } from '../past/finalUntilSql.js';
import { micros } from '../past/FixRow.js';
import type { StoreStatus } from './StoreStatus.js';

/** Over how many seconds commits are counted, and how many at most: if they are more, over the time that those took. */
const [SECONDS, MOST_COMMITS] = [10, 2000];
/** How many open recordings are named. */
const MOST_OPEN = 20;

/**
 * How a store is, in one statement, which reads some rows of it: what it says of itself, its partitions, its last commits.
 *
 * @param schema its name, quoted
 */
export async function readStatus(queries: Queries, schema: string): Promise<StoreStatus> {
  const open = `from ${schema}.sources where not finished and until_arrival is not null`;
  const { rows } = await queries.query<StoreStatus>(
    `select ${micros('clock_timestamp()')} as now, head.pos as commits, head.fixes, changes, late, duplicate, conflict, rejected, devices,
      ${micros('first_arrival')} as "firstArrival", ${micros('last_arrival')} as "lastArrival", ${micros('commits.at')} as "lastCommit",
      ${finalUntilSql(schema)} as "finalUntil", recent.commits / recent.seconds as "commitsPerSecond",
      recent.fixes / recent.seconds as "fixesPerSecond",
      (select coalesce(sum(pg_total_relation_size(oid)), 0)::int8 from pg_class
        where relnamespace = $1::regnamespace and relkind in ('r', 'p')) as bytes,
      (select coalesce(json_agg(json_build_object('stream', stream, 'partition', partition, 'worker', worker, 'lease', ${micros('lease')},
        'isHeld', coalesce(lease > clock_timestamp(), false), 'seq', seq, 'stamp', ${micros('stamp')}, 'behind', behind,
        'until', ${micros('until_arrival')}) order by stream, partition), '[]') from ${schema}.partitions where until_arrival is distinct from 'infinity') as partitions,
      (select coalesce(json_agg(json_build_object('worker', worker, 'stream', stream, 'isAlive', lease > clock_timestamp())
        order by stream, worker), '[]') from ${schema}.workers where lease > '-infinity') as workers,
      (select coalesce(json_agg(json_build_object('name', name,
        'until', case when until_arrival > '-infinity' then ${micros('until_arrival')} end) order by until_arrival, source), '[]')
        from (select * ${open} order by until_arrival, source limit ${MOST_OPEN}) open) as open,
      (select count(*) ${open}) as "openCount"
    from ${schema}.head left join ${schema}.commits using (pos) cross join lateral (
      select count(*) as commits, coalesce(sum(fixes), 0) as fixes,
        case when count(*) < ${MOST_COMMITS} then ${SECONDS}
          else greatest(extract(epoch from clock_timestamp() - min(at)), 0.001) end::float8 as seconds
      from (select at, fixes from ${schema}.commits order by pos desc limit ${MOST_COMMITS}) last
      where at > clock_timestamp() - interval '${SECONDS} s') recent`,
    [schema],
  );
  return rows[0]!;
}
