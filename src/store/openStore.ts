import type { SchedulerLike } from 'rxjs';
import { PLACES } from '../domain/PLACES.js';
import { monotonic } from '../rx/monotonic.js';
import { addColumns } from './addColumns.js';
import type { Database, Queries } from './Database.js';
import { explained } from './explained.js';
import { openSchema } from './openSchema.js';
import { quoted } from './quoted.js';
import { Store } from './Store.js';
import { StoreError } from './StoreError.js';

/** How many sources a store can have: the number of one, times 2^40, is below 2^53. */
export const SOURCES = 2 ** 53 / PLACES - 1;

export interface OpenStoreOptions {
  /** What to call the database in messages, without a password. */
  readonly shown: string;
  /** The schema that its tables are in. Default: `lastfix`. */
  readonly schema?: string;
  /** What its fixes come from: equal names mean equal fixes in one order. */
  readonly source: string;
  /** The names of the extra columns. Default: none. */
  readonly extra?: readonly string[];
  /** The source can never be played again: it has ended when the store is closed. Default: it ends when all of it was played. */
  readonly once?: boolean;
  /** Go on after the fixes of the source that are there. Default: they are sent again, which changes nothing. */
  readonly resume?: boolean;
  /** Who commits, for people who look. Default: `lastfix`. */
  readonly worker?: string;
  /** Told in a line that the database is away, and that it is back. Default: nobody is. */
  readonly said?: (line: string) => void;
  /** Aborted when nobody waits for the database any more. Default: it is waited for without end. */
  readonly signal?: AbortSignal | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * Opens a database for a run, and makes its tables if they are not there. What others have written into it, and write
 * meanwhile, stays.
 *
 * @throws StoreError as `openSchema` does, or if the database cannot be used
 */
export async function openStore(
  database: Database,
  { shown, schema = 'lastfix', source, extra = [], once = false, resume = false, worker = 'lastfix', ...rest }: OpenStoreOptions,
): Promise<Store> {
  try {
    await openSchema(database, { shown, schema, writes: true });
    const { number, next } = await database.writing(async (queries) => {
      await addColumns(queries, quoted(schema), extra);
      return sourceOf(queries, quoted(schema), source);
    });
    if (number > SOURCES)
      throw new StoreError(`${shown} has taken ${SOURCES} recordings, which is the most a schema can have: name another with ?schema=NAME`);
    const { said = () => undefined, signal, scheduler = monotonic } = rest;
    const start = resume ? next : 0;
    return new Store({ database, shown, schema, extra, source: number, start, isOnce: once, worker, said, signal, scheduler });
  } catch (error) {
    throw explained(error, shown);
  }
}

/** The number of a source, which is new or not, and how many of its fixes are there from its first on: it promises nothing yet. */
async function sourceOf(queries: Queries, schema: string, name: string): Promise<{ readonly number: number; readonly next: number }> {
  const find = async () =>
    (await queries.query<{ number: number; next: number }>(`select source as number, next from ${schema}.sources where name = $1`, [name])).rows[0];
  const found = await find();
  if (found) {
    await queries.query(
      `update ${schema}.sources set until_arrival = '-infinity' where source = $1 and until_arrival is null and not finished`,
      [found.number],
    );
    return found;
  }
  await queries.query(`insert into ${schema}.sources (name, until_arrival) values ($1, '-infinity') on conflict do nothing`, [name]);
  return (await find())!;
}
