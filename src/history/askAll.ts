import { defer, type Observable } from 'rxjs';
import type { Aged, Past } from '../domain/Past.js';
import { fromBatches } from '../rx/fromBatches.js';
import { needsLate } from './answerIn.js';
import type { AskOptions } from './ask.js';
import { askPast } from './askPast.js';

/**
 * Asks a past, or the log at a path, for the newest fix of every device as of a moment, on either clock, in one pass.
 *
 *     result   ---(abc|)      one for each device that has a fix then, by their ids as text
 *
 * Those that are older than `maxAge` are among them, and say so. Opens a log as `ask` does; holds one fix a device.
 */
export const askAll = (from: string | Past, { reads, progress, signal, ...moment }: AskOptions = {}): Observable<Aged> =>
  defer(() =>
    fromBatches(
      askPast(from, { withLate: needsLate(moment), reads, progress, signal }, async function* (past) {
        yield (await past.newestOfAll(moment, { signal })).fixes;
      }),
    ),
  );
