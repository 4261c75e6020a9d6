import { binaryArrays } from './binaryArrays.js';
import type { Queries } from './Database.js';

/** Notes the names of further columns that a store has not had, in their order. @param schema its name, quoted */
export async function addColumns(queries: Queries, schema: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await queries.query(
    `insert into ${schema}.columns (name) select name from unnest($1::text[]) with ordinality x (name, n)
      where not exists (select from ${schema}.columns c where c.name = x.name) order by n on conflict do nothing`,
    [binaryArrays.text(names)],
  );
}
