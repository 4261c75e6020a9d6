import { asyncScheduler, defer, repeat, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { Appended, Cursor } from '../domain/Appended.js';
import { fromBatches } from '../rx/fromBatches.js';

/** Reads what was appended after a cursor, up to another one if that is given; `undefined` if there is nothing new. */
export type ReadAfter<A extends Appended> = (after: Cursor, upTo?: Cursor) => Promise<A | undefined>;

export interface AppendedSinceOptions {
  /** How often to look, in ms. Default: 200. */
  readonly every?: number;
  /** Called after each part: the next is read when it has resolved. Default: at once. */
  readonly ready?: (() => Promise<unknown> | undefined) | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * All that is appended after a cursor, part by part, as it is found.
 *
 *     read     a b     -     c      every 200 ms, and at once while there may be more
 *     result   a b           c
 *
 * Never completes. Errors of `read` pass on. Holds one part.
 */
export const appendedSince = <A extends Appended>(
  read: ReadAfter<A>,
  cursor: Cursor,
  { every = 200, ready, scheduler = asyncScheduler }: AppendedSinceOptions = {},
): Observable<A> =>
  defer(() => {
    let at = cursor;
    const parts = async function* (): AsyncGenerator<readonly A[], void, undefined> {
      for (let isFull = true; isFull; ) {
        const part = await read(at);
        if (!part) return;
        at = part.to;
        ({ isFull } = part);
        yield [part];
      }
    };
    return defer(() => fromBatches(parts(), ready)).pipe(repeat({ delay: () => timer(every, scheduler) }));
  });
