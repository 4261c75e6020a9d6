import type { Turns } from '../rx/Turns.js';
import { openStorePast } from '../store/past/openStorePast.js';
import type { StoreUrl } from '../store/storeUrl.js';
import type { Served } from './Served.js';

/** A store to be served. @throws StoreError if there is none */
export async function servedStore(url: StoreUrl, turns: Turns): Promise<Served> {
  const past = await openStorePast(url, { turns });
  const { cursor } = await past.extent();
  return {
    kind: 'store',
    output: url.shown,
    past,
    cursor,
    add: () => undefined, // it keeps nothing beside the database
    finalUntil: async (signal) => (await past.extent(signal)).finalUntil,
    late: (span, grid, signal) => past.late(span, grid, signal),
    isBeingWritten: () => Promise.resolve(undefined), // any number of runs may, of which it knows nothing
    speedUnit: () => Promise.resolve(undefined),
    figures: async (signal) => {
      const store = await past.status(signal);
      const verdicts = { change: store.changes, late: store.late, duplicate: store.duplicate, conflict: store.conflict };
      return { verdicts, bytes: store.bytes, store };
    },
  };
}
