import { defer, type Observable } from 'rxjs';
import type { NamedFix } from '../domain/Appended.js';
import type { Past, Span } from '../domain/Past.js';
import { fromBatches } from '../rx/fromBatches.js';
import { askPast, type OpenOptions } from './askPast.js';

export interface TrackOptions extends OpenOptions {
  /** By which clock. Default: `event`. */
  readonly by?: Span['by'] | undefined;
  /** Where it begins and ends, both included. Default: with the first and the last. */
  readonly from?: Span['from'] | undefined;
  readonly to?: Span['to'] | undefined;
  /** Only what had arrived then. Default: all. */
  readonly knownAt?: Span['knownAt'] | undefined;
  /** By event time, list what was sent again, too: a fix of the same moment with the same position and speed. Default: false. */
  readonly copies?: boolean | undefined;
  /** Called with how many copies are left out, whenever there are some. */
  readonly onCopies?: ((count: number) => void) | undefined;
  /** Called after every 1,024 fixes at most: the next are read when it has resolved. Default: at once. */
  readonly ready?: (() => Promise<unknown> | undefined) | undefined;
}

/**
 * The fixes of a device in a past, or in the log at a path, between two moments, late ones included, in the order of a clock;
 * by event time, each once, however often it was sent.
 *
 *     by event     ---abcd|        in the order in which they were taken
 *     by arrival   ---acdb|        in the order in which they arrived
 *
 * Opens a log as `ask` does, and its late file; unsubscribing closes them. Holds 1,024 fixes, and of a log what
 * `History.track` does. An unknown device has an empty track. Moments in µs.
 */
export const track = (
  source: string | Past,
  device: string,
  { by = 'event', from = -Infinity, to = Infinity, knownAt = Infinity, copies, onCopies, ready, ...options }: TrackOptions = {},
): Observable<NamedFix> =>
  defer(() =>
    fromBatches(
      askPast<NamedFix>(source, options, async function* (past) {
        for await (const page of past.track(device, { by, from, to, knownAt }, { copies, signal: options.signal })) {
          if (page.copies > 0) onCopies?.(page.copies);
          yield page.fixes.map((fix) => ({ fix, extra: page.extra }));
        }
      }),
      ready,
    ),
  );
