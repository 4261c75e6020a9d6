import { lastValueFrom } from 'rxjs';
import { openRecording, play, type PlayOptions } from '../../src/index.js';
import type { Database } from '../../src/store/Database.js';
import { intoStore, type IntoStoreOptions } from '../../src/store/intoStore.js';
import { openStore } from '../../src/store/openStore.js';
import { unclosed } from './unclosed.js';

export interface PlayStoreOptions extends PlayOptions, IntoStoreOptions {
  /** What the recording is called. Default: `recording`. */
  readonly source?: string;
}

/** Plays a recording, given as text, into a store, as `lastfix replay` does: what of it is there already changes nothing. */
export async function playStore(
  recording: string,
  database: Database,
  { source = 'recording', ...options }: PlayStoreOptions = {},
): Promise<void> {
  const chunks = async function* () {
    yield await Promise.resolve(Buffer.from(recording));
  };
  const opened = await openRecording([{ name: 'recording.csv', chunks: chunks() }]);
  const store = await openStore(unclosed(database), { shown: 'the store', source, extra: opened.extra });
  try {
    await lastValueFrom(play(opened.batches, intoStore(store, options), { rate: Infinity, ...options }), { defaultValue: undefined });
  } finally {
    await store.close();
    await opened.close();
  }
}
