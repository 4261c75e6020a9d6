import type { Turns } from '../../rx/Turns.js';
import { openDatabase } from '../openDatabase.js';
import { openSchema } from '../openSchema.js';
import type { StoreUrl } from '../storeUrl.js';
import { ReadDatabase } from './ReadDatabase.js';
import { SqlPast } from './SqlPast.js';

export interface OpenStorePastOptions {
  /** Lets questions take turns with other work. Default: each is answered at once. */
  readonly turns?: Turns | undefined;
  /** Called with each statement that is asked. */
  readonly onStatement?: (() => void) | undefined;
}

/**
 * Opens the store that a URL names, to be asked. `close` closes its connections, four at most.
 *
 * @throws StoreError if the database cannot be reached, or has no store
 */
export async function openStorePast(url: StoreUrl, { turns, onStatement }: OpenStorePastOptions = {}): Promise<SqlPast> {
  const { shown, schema } = url;
  const database = new ReadDatabase(await openDatabase(url, { prepares: true }), shown, onStatement);
  try {
    await openSchema(database, { shown, schema, writes: false });
  } catch (error) {
    await database.close();
    throw error;
  }
  return new SqlPast(database, { schema, turns });
}
