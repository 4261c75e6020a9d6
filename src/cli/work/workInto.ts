import { intoStoreFrom } from './intoStoreFrom.js';
import type { WorkedAll } from './WorkedAll.js';
import type { Working } from './Working.js';
import type { WorkSettings } from './workSettings.js';

/** Has what comes in a stream reach its store, or its log. */
export async function workInto(settings: WorkSettings, working: Working): Promise<WorkedAll> {
  return intoStoreFrom(settings, working);
}
