import type { Queries } from '../Database.js';
import { micros } from './FixRow.js';
import type { StoreState } from './stateOf.js';

/** The first and the last event of all, by a look at each device. @param schema its name, quoted */
export async function eventsIn(queries: Queries, schema: string): Promise<Pick<StoreState, 'first' | 'last'>> {
  const { rows } = await queries.query<Pick<StoreState, 'first' | 'last'>>(
    `select ${micros('min(first)')} as first, ${micros('max(device.event_time)')} as last from ${schema}.devices device
    cross join lateral (select event_time as first from ${schema}.fixes
      where fixes.device_id = device.device_id order by event_time limit 1) fix`,
  );
  return rows[0]!;
}

/** The last event of all. @param schema its name, quoted */
export async function lastEvent(queries: Queries, schema: string): Promise<number | null> {
  const { rows } = await queries.query<{ readonly last: number | null }>(`select ${micros('max(event_time)')} as last from ${schema}.devices`);
  return rows[0]!.last;
}
