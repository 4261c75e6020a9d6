import { defer, type Observable } from 'rxjs';
import { fromBatches } from '../rx/fromBatches.js';
import { answerOfAll, needsLate, type Aged } from './answer.js';
import type { AskOptions } from './ask.js';
import { asking } from './asking.js';
import { openHistory } from './openHistory.js';

/**
 * Asks the log at `path` for the newest fix of every device as of a moment, on either clock, in one pass.
 *
 *     result   ---(abc|)      one for each device that is known then, by their ids as text
 *
 * Those that are older than `maxAge` are among them, and say so. Opens the log as `ask` does; holds one fix a
 * device.
 */
export const askAll = (path: string, { reads, progress, signal, ...moment }: AskOptions = {}): Observable<Aged> =>
  defer(() => {
    const open = (anew: boolean) => openHistory(path, { anew, withLate: needsLate(moment), reads, progress, signal });
    return fromBatches(asking<Aged>(open, (history) => answerOfAll(history, moment)));
  });
