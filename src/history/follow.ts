import { asyncScheduler, concat, defer, filter, mergeMap, tap, type Observable, type SchedulerLike } from 'rxjs';
import type { Cursor } from '../domain/Appended.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import type { OpenIndexedOptions } from '../lookup/openIndexed.js';
import { fromBatches } from '../rx/fromBatches.js';
import { appendedAfter } from '../tail/appendedAfter.js';
import { appendedSince } from '../tail/appendedSince.js';
import { asking } from './asking.js';
import { openHistory } from './openHistory.js';
import type { Tracked } from './track.js';

export interface FollowOptions extends Pick<OpenIndexedOptions, 'reads' | 'progress' | 'signal'> {
  /** Follow only this device. Default: all. */
  readonly device?: string | undefined;
  /** Look for changes this often, in ms. Default: 200. */
  readonly every?: number;
  /** Called when another log takes the place of the one that was followed; that is followed then, from its start. */
  readonly onReplace?: (() => void) | undefined;
  /** Asked after 4,096 changes at most: the next are read when it has resolved. Default: at once. */
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
 * the log is taken away. Holds one fix a device until they are emitted, then 4,096 rows.
 */
export const follow = (
  path: string,
  { device, every = 200, onReplace = () => undefined, ready, scheduler = asyncScheduler, ...options }: FollowOptions = {},
): Observable<Tracked> =>
  defer(() => {
    let end: Cursor;
    const known = asking<Tracked>(
      (anew) => openHistory(path, { anew, withLate: false, ...options }),
      (history) => {
        end = history.cursor;
        const fixes = device === undefined ? history.newestOfAll(EVERYTHING) : [history.newest(device, EVERYTHING) ?? []].flat();
        return fixes.map((fix) => ({ fix, extra: history.extra }));
      },
    );
    const read = async (after: Cursor) => appendedAfter(logPaths(await placeOf(path)), after, { withLate: false });
    const changes$ = defer(() => appendedSince(read, end, { every, ready, scheduler })).pipe(
      tap(({ type }) => {
        if (type === 'reset') onReplace();
      }),
      mergeMap(({ changes }) => changes),
    );
    return concat(fromBatches(known, ready), changes$.pipe(filter(({ fix }) => device === undefined || fix.device === device)));
  });
