import { hostname } from 'node:os';
import { intoStore } from '../../store/intoStore.js';
import { openDatabase } from '../../store/openDatabase.js';
import { openStore } from '../../store/openStore.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import { say } from './announce.js';
import type { Opened } from './Opened.js';
import type { Source } from './openOutput.js';
import type { ReplaySettings } from './replaySettings.js';
import { sourceOf } from './sourceOf.js';

/** Opens a store for a replay. @throws StoreError if it cannot be used */
export async function openedStore(url: StoreUrl, settings: ReplaySettings, { recording, rebasedBy, signal }: Source): Promise<Opened> {
  const database = await openDatabase(url, { connections: 1 });
  try {
    const store = await openStore(database, {
      shown: url.shown,
      schema: url.schema,
      source: sourceOf(recording, settings, rebasedBy),
      extra: recording.extra,
      once: !recording.content,
      resume: settings.resume,
      worker: `replay ${hostname()} ${process.pid}`,
      said: (line) => {
        say(settings, line);
      },
      signal,
    });
    return {
      end: intoStore(store, settings.playing),
      skipped: store.start,
      bytes: null,
      reject: (rows) => {
        store.reject(rows);
        return Promise.resolve();
      },
      close: () => store.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
