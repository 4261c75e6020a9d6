import { defer, type Observable } from 'rxjs';
import type { Answer, Moment, Past } from '../domain/Past.js';
import { fromBatches } from '../rx/fromBatches.js';
import { needsLate } from './answerIn.js';
import { askPast, type OpenOptions } from './askPast.js';

export type AskOptions = Moment & OpenOptions;

/**
 * Asks a past, or the log at a path, for the newest fix of a device as of a moment, on either clock.
 *
 *     result   ---(A|)      the answer: a fix, or why there is none
 *
 * Given a path, each subscription opens the log anew, as it is then, also while a run is writing it, brings its index up to
 * date if need be, reads a few pages and one row, and closes it. Moments in µs, `maxAge` in ms.
 *
 * Errors: those of the past; of a log FileError, as of `openIndexed`. Holds what that does.
 */
export const ask = (from: string | Past, device: string, { reads, progress, signal, ...moment }: AskOptions = {}): Observable<Answer> =>
  defer(() =>
    fromBatches(
      askPast(from, { withLate: needsLate(moment), reads, progress, signal }, async function* (past) {
        yield [await past.newest(device, moment, signal)];
      }),
    ),
  );
