import type { EarlyReader } from './api/earlyReader.js';

// Runs while the page is still on its way, and starts its reader, which takes as long: `earlyReaderOr` takes it.
if (globalThis.earlyReader === undefined && 'Worker' in globalThis) {
  const worker = new Worker('page/reader.js');
  const early: EarlyReader = { worker, hasFailed: false };
  worker.addEventListener('error', () => { early.hasFailed = true; });
  globalThis.earlyReader = early;
}
