import type { Database } from './Database.js';
import { quoted } from './quoted.js';

/** The source that came into a store last of those whose names begin with a text, if there is a store, and one. */
export async function lastSource(database: Database, schema: string, start: string): Promise<string | undefined> {
  const table = `${quoted(schema)}.sources`;
  const { rows: [found] } = await database.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  if (!found?.there) return undefined;
  const { rows } = await database.query<{ name: string }>(`select name from ${table} where starts_with(name, $1) order by source desc limit 1`, [start]);
  return rows[0]?.name;
}
