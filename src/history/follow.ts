import { asyncScheduler, concat, defer, filter, repeat, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { OpenIndexedOptions } from '../lookup/openIndexed.js';
import { fromBatches } from '../rx/fromBatches.js';
import { asking } from './asking.js';
import { openHistory } from './openHistory.js';
import { Tail } from './Tail.js';
import type { Tracked } from './track.js';

export interface FollowOptions extends Pick<OpenIndexedOptions, 'reads' | 'progress' | 'signal'> {
  /** Follow only this device. Default: all. */
  readonly device?: string | undefined;
  /** Look for changes this often, in ms. Default: 200. */
  readonly every?: number;
  /** Told when another log takes the place of the one that was followed; that is followed then, from its start. */
  readonly replaced?: (() => void) | undefined;
  /** Asked after each block of changes: the next is read when it has resolved. Default: at once. */
  readonly ready?: (() => Promise<unknown> | undefined) | undefined;
  readonly scheduler?: SchedulerLike;
}

const EVERYTHING = { event: Infinity, arrival: Infinity };

/**
 * What is known of a device, or of all, by the log at `path`, and then every change as it is flushed.
 *
 *     log      a1 b1 a2 ...      b2    a3
 *     result   (a2 b1)           b2    a3
 *
 * Never completes by itself: unsubscribing closes the log. Opens it as `ask` does. Errors: FileError, also if
 * the log is taken away. Holds one fix a device until they are emitted, then the rows of one block.
 */
export const follow = (
  path: string,
  { device, every = 200, replaced = () => undefined, ready, scheduler = asyncScheduler, ...options }: FollowOptions = {},
): Observable<Tracked> =>
  defer(() => {
    let tail: Tail;
    const known = asking<Tracked>(
      (anew) => openHistory(path, { anew, withLate: false, ...options }),
      (history) => {
        tail = new Tail(path, { run: history.run, ...history.places[0]! }, replaced);
        const fixes = device === undefined ? history.newestOfAll(EVERYTHING) : [history.newest(device, EVERYTHING) ?? []].flat();
        return fixes.map((fix) => ({ fix, extra: history.extra }));
      },
    );
    const changes$ = defer(() => fromBatches(tail.news(), ready)).pipe(repeat({ delay: () => timer(every, scheduler) }));
    return concat(fromBatches(known, ready), changes$.pipe(filter(({ fix }) => device === undefined || fix.device === device)));
  });
