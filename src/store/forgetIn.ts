import type { Instant } from '../domain/instant.js';
import { explained } from './explained.js';
import { forget } from './forget.js';
import { openDatabase } from './openDatabase.js';
import { openSchema } from './openSchema.js';
import type { StoreUrl } from './storeUrl.js';

/** `forget` in the store that a URL names. @throws StoreError if it cannot be done */
export async function forgetIn(url: StoreUrl, before: Instant, told?: (count: number) => void): Promise<number> {
  const { shown, schema } = url;
  const database = await openDatabase(url, { connections: 1 });
  try {
    await openSchema(database, { shown, schema, writes: true, makes: false });
    return await forget(database, schema, before, told);
  } catch (error) {
    throw explained(error, shown);
  } finally {
    await database.close();
  }
}
