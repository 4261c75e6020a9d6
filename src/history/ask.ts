import { defer, type Observable } from 'rxjs';
import type { OpenIndexedOptions } from '../lookup/openIndexed.js';
import { fromBatches } from '../rx/fromBatches.js';
import { answer, needsLate, type Moment, type Told } from './answer.js';
import { asking } from './asking.js';
import { openHistory } from './openHistory.js';

export type AskOptions = Moment & Pick<OpenIndexedOptions, 'reads' | 'progress' | 'signal'>;

/**
 * Asks the log at `path` for the newest fix of a device as of a moment, on either clock.
 *
 *     result   ---(A|)      what is told, or why there is nothing to tell
 *
 * Each subscription opens the log anew, as it is then, also while a run is writing it, brings its index up to
 * date if need be, reads a few pages and one row, and closes it. Moments in µs, `maxAge` in ms.
 *
 * Errors: FileError, as of `openIndexed`. Holds what that does, and the ids of all devices to name those near
 * to an unknown one.
 */
export const ask = (path: string, device: string, { reads, progress, signal, ...moment }: AskOptions = {}): Observable<Told> =>
  defer(() => {
    const open = (anew: boolean) => openHistory(path, { anew, withLate: needsLate(moment), reads, progress, signal });
    return fromBatches(asking(open, (history) => [answer(history, device, moment)]));
  });
