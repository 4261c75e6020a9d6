import type { Instant } from '../../domain/instant.js';
import type { Queries } from '../Database.js';
import { micros } from './FixRow.js';

/** The first arrival and the first event of a device; `undefined` if there is no such device. @param schema its name, quoted */
export async function askFirst(
  queries: Queries,
  schema: string,
  device: string,
): Promise<{ readonly arrival: Instant; readonly event: Instant } | undefined> {
  const own = `from ${schema}.fixes where device_id = $1`;
  const { rows } = await queries.query<{ readonly arrival: number | null; readonly event: number | null }>(
    `select (select ${micros('arrival')} ${own} order by arrival, seq limit 1) as arrival,
      (select ${micros('event_time')} ${own} order by event_time limit 1) as event`,
    [device],
  );
  const { arrival, event } = rows[0]!;
  return arrival === null || event === null ? undefined : { arrival, event };
}
