import type { Reader } from './readServer.js';

/** A reader that was started before the page. It may have failed before the page could hear of that. */
export interface EarlyReader {
  readonly worker: Reader;
  hasFailed: boolean;
}

declare global {
  /** `null` once the page has taken it, or has started one itself. */
  var earlyReader: EarlyReader | null | undefined;
}

/** The reader that was started before the page, once, and from then on another. Throws if it has failed, and whatever `start` throws. */
export function earlyReaderOr(start: () => Reader): Reader {
  const early = globalThis.earlyReader;
  globalThis.earlyReader = null;
  if (early?.hasFailed) throw new Error('the reader of the page cannot be loaded');
  return early?.worker ?? start();
}
