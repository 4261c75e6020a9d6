import { lastValueFrom } from 'rxjs';
import { ask } from '../../src/index.js';
import { noReads } from '../../src/lookup/Reads.js';

/** Asks until the indexes of a log are known to go with it without its being read: it must be left alone for that. */
export async function upToDate(log: string): Promise<void> {
  for (let reads = { ...noReads(), scanned: 1 }; reads.scanned + reads.verifiedBytes > 0; ) {
    reads = noReads();
    await lastValueFrom(ask(log, 'nobody', { by: 'event', reads }));
  }
}
