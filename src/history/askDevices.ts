import { defer, type Observable } from 'rxjs';
import type { Past } from '../domain/Past.js';
import { fromBatches } from '../rx/fromBatches.js';
import { askPast, type OpenOptions } from './askPast.js';

/**
 * Asks a past, or the log at a path, for the ids of all devices.
 *
 *     result   ---(abc|)      in no particular order
 *
 * Opens a log as `ask` does; holds all of their ids.
 */
export const askDevices = (from: string | Past, options: OpenOptions = {}): Observable<string> =>
  defer(() =>
    fromBatches(
      askPast(from, { ...options, withLate: false }, async function* (past) {
        yield [...(await past.devices(options.signal))];
      }),
    ),
  );
