import { asyncScheduler, concat, defer, filter, mergeMap, tap, type Observable, type SchedulerLike } from 'rxjs';
import type { Cursor, NamedFix } from '../domain/Appended.js';
import type { Past } from '../domain/Past.js';
import { fromBatches } from '../rx/fromBatches.js';
import { appendedSince } from '../tail/appendedSince.js';
import type { OpenOptions } from './askPast.js';
import { CsvPast } from './CsvPast.js';

export interface FollowOptions extends OpenOptions {
  /** Follow only this device. Default: all. */
  readonly device?: string | undefined;
  /** Look for changes this often, in ms. Default: 200. */
  readonly every?: number;
  /** Called when another log takes the place of the one that was followed; that is followed then, from its start. */
  readonly onReplace?: (() => void) | undefined;
  /** Called with what looking for changes fails with: whether to look again. Default: it is an error. */
  readonly onFailure?: ((error: unknown) => boolean) | undefined;
  /** Called after 4,096 changes at most: the next are read when it has resolved. Default: at once. */
  readonly ready?: (() => Promise<unknown> | undefined) | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * What is known of a device, or of all, by a past, or by the log at a path, and then every change as it is flushed.
 *
 *     log      a1 b1 a2 ...      b2    a3
 *     result   (a2 b1)           b2    a3
 *
 * Never completes by itself: unsubscribing closes the log. Opens it as `ask` does. Errors: FileError, also if
 * the log is taken away. Holds one fix a device until they are emitted, then 4,096 rows.
 */
export const follow = (
  from: string | Past,
  {
    device,
    every = 200,
    onReplace = () => undefined,
    onFailure = () => false,
    ready,
    scheduler = asyncScheduler,
    ...options
  }: FollowOptions = {},
): Observable<NamedFix> =>
  defer(() => {
    const past = typeof from === 'string' ? new CsvPast(from, { ...options, withLate: false }) : from;
    let end: Cursor;
    const known = async function* (): AsyncGenerator<readonly NamedFix[], void, undefined> {
      try {
        const { fixes, cursor } = await past.newestOfAll({}, { only: device, signal: options.signal });
        end = cursor;
        yield fixes.map(({ fix, extra }) => ({ fix, extra }));
      } finally {
        if (past !== from) await past.close(); // what is appended is read without it
      }
    };
    const read = (after: Cursor) =>
      past.appendedAfter(after).catch((error: unknown) => {
        if (!onFailure(error)) throw error;
        return undefined;
      });
    const changes$ = defer(() => appendedSince(read, end, { every, ready, scheduler })).pipe(
      tap(({ type }) => {
        if (type === 'reset') onReplace();
      }),
      mergeMap(({ changes }) => changes),
    );
    return concat(fromBatches(known(), ready), changes$.pipe(filter(({ fix }) => device === undefined || fix.device === device)));
  });
