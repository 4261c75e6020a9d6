import { formatInstant, type Instant } from '../domain/instant.js';
import { binaryArrays } from './binaryArrays.js';
import type { Database } from './Database.js';
import { quoted } from './quoted.js';

/** How many devices are gone through in one transaction. */
const AT_ONCE = 200;

/**
 * Deletes the fixes that arrived before a moment, except the last change of each device before it: what is asked about that
 * moment and later ones, by either clock, is answered as before, as long as no device's clock was ahead.
 *
 * Writers wait for a device while its fixes are deleted. The counts of devices and of all stay: they are of all that came.
 *
 * @param told how many fixes have been deleted so far
 * @returns how many were deleted
 */
export async function forget(
  database: Database,
  schema: string,
  before: Instant,
  told: (count: number) => void = () => undefined,
): Promise<number> {
  const name = quoted(schema);
  const moment = formatInstant(before);
  let deleted = 0;
  for (let after = ''; ; ) {
    const { rows } = await database.query<{ device_id: string }>(
      `select device_id from ${name}.devices where device_id > $1 and first_arrival < $2 order by device_id limit ${AT_ONCE}`,
      [after, moment],
    );
    if (rows.length === 0) break;
    const ids = rows.map(({ device_id }) => device_id);
    deleted += await database.writing(async (queries) => {
      await queries.query(`select from ${name}.devices where device_id = any($1::text[]) order by device_id for update`, [binaryArrays.text(ids)]);
      const { affected } = await queries.query(deletion(name), [binaryArrays.text(ids), moment]);
      await queries.query(firsts(name), [binaryArrays.text(ids)]);
      await queries.query(`update ${name}.meta set version = version`); // another row: who keeps counts sees it
      return affected;
    });
    after = ids.at(-1)!;
    told(deleted);
  }
  await database.query(`update ${name}.head set first_arrival = (select min(first_arrival) from ${name}.devices)`);
  return deleted;
}

/** Deletes a device's fixes before a moment, but the last change of them. */
function deletion(schema: string): string {
  return `delete from ${schema}.fixes f using unnest($1::text[]) d (device_id) left join lateral (
      select arrival, seq from ${schema}.fixes c where c.device_id = d.device_id and c.verdict = 'change' and c.arrival < $2
      order by arrival desc, seq desc limit 1) kept on true
    where f.device_id = d.device_id and f.arrival < $2 and (f.arrival, f.seq) is distinct from (kept.arrival, kept.seq)`;
}

/** Notes when the first of a device's fixes arrived that are there. */
function firsts(schema: string): string {
  return `update ${schema}.devices d set first_arrival = (
      select arrival from ${schema}.fixes f where f.device_id = d.device_id order by arrival limit 1)
    where device_id = any($1::text[])`;
}
