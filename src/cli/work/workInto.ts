import type { WorkedAll } from './WorkedAll.js';
import type { Working } from './Working.js';
import type { WorkSettings } from './workSettings.js';

/** Has what comes in a stream reach its store, or its log; each loads what it needs. */
export async function workInto(settings: WorkSettings, working: Working): Promise<WorkedAll> {
  if (settings.to.kind === 'log') return (await import('./intoLogFrom.js')).intoLogFrom(settings, working);
  return (await import('./intoStoreFrom.js')).intoStoreFrom(settings, working);
}
