import { lastSource } from '../../store/lastSource.js';
import { openDatabase } from '../../store/openDatabase.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import type { ReplaySettings } from './replaySettings.js';
import { SHIFTED, sourceBeforeShift, type Named } from './sourceOf.js';

/** By how many seconds a recording was shifted when it was played last into a store, if it was. */
export async function rebasedInStore(url: StoreUrl, recording: Named, settings: ReplaySettings): Promise<number | undefined> {
  const before = `${sourceBeforeShift(recording, settings)}${SHIFTED}`;
  const database = await openDatabase(url, { connections: 1 });
  try {
    const name = await lastSource(database, url.schema, before);
    return name === undefined ? undefined : Number.parseInt(name.slice(before.length), 10);
  } finally {
    await database.close();
  }
}
