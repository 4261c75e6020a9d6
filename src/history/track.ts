import { defer, filter, map, type Observable } from 'rxjs';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { OpenIndexedOptions } from '../lookup/openIndexed.js';
import { fromBatches } from '../rx/fromBatches.js';
import { asking } from './asking.js';
import type { Passed } from './History.js';
import { openHistory } from './openHistory.js';
import type { Clock } from './trackIn.js';

export interface TrackOptions extends Pick<OpenIndexedOptions, 'reads' | 'progress' | 'signal'> {
  /** By which clock. Default: `event`. */
  readonly by?: Clock | undefined;
  /** Where it begins and ends, both included. Default: with the first and the last. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only what had arrived then. Default: all. */
  readonly knownAt?: Instant | undefined;
  /** By event time, list what was sent again, too: a fix of the same moment with the same position and speed. Default: false. */
  readonly copies?: boolean | undefined;
  /** Called with each copy that is left out. */
  readonly onCopy?: (() => void) | undefined;
  /** Asked after every 1,024 fixes at most: the next are read when it has resolved. Default: at once. */
  readonly ready?: (() => Promise<unknown> | undefined) | undefined;
}

/** A fix of a track. */
export interface Tracked {
  readonly fix: Fix;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
}

/**
 * The fixes of a device in the log at `path` between two moments, late ones included, in the order of a clock; by event
 * time, each once, however often it was sent.
 *
 *     by event     ---abcd|        in the order in which they were taken
 *     by arrival   ---acdb|        in the order in which they arrived
 *
 * Opens the log as `ask` does, and the late file; unsubscribing closes them. Holds 1,024 fixes, and what
 * `History.track` does. An unknown device has an empty track. Moments in µs.
 */
export const track = (
  path: string,
  device: string,
  { by = 'event', from = -Infinity, to = Infinity, knownAt = Infinity, copies = false, onCopy, ready, reads, progress, signal }: TrackOptions = {},
): Observable<Tracked> =>
  defer(() => {
    const open = (anew: boolean) => openHistory(path, { anew, reads, progress, signal });
    const passed = asking<Passed & Tracked>(open, function* (history, after) {
      const { extra } = history;
      for (const passed of history.track(device, { by, from, to, knownAt }, after?.place)) yield { ...passed, extra };
    });
    return fromBatches(passed, ready).pipe(
      filter(({ isCopy }) => {
        if (isCopy && !copies) onCopy?.();
        return copies || !isCopy;
      }),
      map(({ fix, extra }) => ({ fix, extra })),
    );
  });
