import { asyncScheduler, concat, defer, EMPTY, repeat, retry, share, tap, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { Appended, Cursor } from '../domain/Appended.js';
import { fromBatches } from '../rx/fromBatches.js';
import { appendedSince, type ReadAfter } from './appendedSince.js';

export interface TailOptions {
  /** How often to look for what was appended, in ms. Default: 200. */
  readonly every?: number;
  /** Called with what `read` throws; it is tried again. */
  readonly onError?: (error: unknown) => void;
  readonly scheduler?: SchedulerLike;
}

/** The growing end of a log: one reader for all who listen. Holds what was read last. */
export class Tail<A extends Appended> {
  /** All that is appended, as it is read, while somebody listens. Never ends: errors go to `onError`. */
  readonly appended$: Observable<A>;
  /** Up to where it was read. */
  cursor: Cursor;
  readonly #read: ReadAfter<A>;
  readonly #every: number;
  readonly #scheduler: SchedulerLike;

  /** @param cursor where it begins */
  constructor(
    read: ReadAfter<A>,
    cursor: Cursor,
    { every = 200, onError = () => undefined, scheduler = asyncScheduler }: TailOptions = {},
  ) {
    this.#read = read;
    this.#every = every;
    this.#scheduler = scheduler;
    this.cursor = cursor;
    const delay = (error: unknown) => {
      onError(error);
      return timer(every, scheduler);
    };
    this.appended$ = defer(() => appendedSince(read, this.cursor, { every, scheduler })).pipe(
      tap(({ to }) => (this.cursor = to)),
      retry({ delay }),
      share(),
    );
  }

  /**
   * All that is appended after a cursor: first what has been read by others, then what comes.
   *
   *     read by others   a b c              d        e
   *     result               b c            d        e      after a
   *
   * Errors pass on while it reads by itself.
   *
   * @param ready called after each of the first; the next is read when it has resolved
   */
  after(cursor: Cursor, ready: () => Promise<unknown> | undefined): Observable<A> {
    return defer(() => {
      let at = cursor;
      const isBehind = () => at !== this.cursor;
      const read = () => this.#read(at, this.cursor);
      const missed = async function* () {
        while (isBehind()) {
          const part = await read();
          if (!part) return;
          yield [part];
        }
      };
      const missed$ = defer(() => fromBatches(missed(), ready));
      const live$ = defer(() => (isBehind() ? EMPTY : this.appended$));
      return concat(missed$, live$).pipe(tap(({ to }) => (at = to)), repeat({ delay: () => timer(this.#every, this.#scheduler) }));
    });
  }
}
