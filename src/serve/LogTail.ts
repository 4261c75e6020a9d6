import { asyncScheduler, concat, defer, EMPTY, filter, repeat, retry, share, tap, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { Instant } from '../domain/instant.js';
import type { LogPaths } from '../log/paths.js';
import { fromBatches } from '../rx/fromBatches.js';
import type { Turns } from '../rx/Turns.js';
import { flushAfter, type Message } from './flushAfter.js';
import { isSamePlace, type Place } from './Place.js';

export interface LogTailOptions {
  /** Look for news this often, in ms. Default: 200. */
  readonly every?: number;
  /** Called when the files cannot be read; it looks again. */
  readonly onError?: (error: unknown) => void;
  readonly scheduler?: SchedulerLike;
}

/** The growing end of a log and its late file: one reader for all who listen. Holds one message. */
export class LogTail {
  /** Every message, as it is read, while somebody listens. Errors go to `onError`; it never ends. */
  readonly message$: Observable<Message>;
  place: Place;
  /** The last arrival that was read. */
  streamTime: Instant | undefined;
  readonly #paths: LogPaths;
  readonly #turns: Turns;
  readonly #every: number;
  readonly #scheduler: SchedulerLike;

  /** @param place where it begins */
  constructor(
    paths: LogPaths,
    place: Place,
    turns: Turns,
    { every = 200, onError = () => undefined, scheduler = asyncScheduler }: LogTailOptions = {},
  ) {
    this.#paths = paths;
    this.#turns = turns;
    this.#every = every;
    this.#scheduler = scheduler;
    this.place = place;
    let full = false;
    this.message$ = defer(() => flushAfter(paths, this.place, turns)).pipe(
      tap((message) => {
        full = message?.full ?? false;
        if (message) this.#advance(message);
      }),
      repeat({ delay: () => timer(full ? 0 : every, scheduler) }),
      retry({
        delay: (error) => {
          onError(error);
          return timer(every, scheduler);
        },
      }),
      filter((message) => message !== undefined),
      share(),
    );
  }

  /**
   * The messages after a place, first those that have been read by others, then those that come.
   *
   * @param ready asked after each of the first; the next is read when it has resolved
   */
  after(place: Place, ready: () => Promise<unknown> | undefined): Observable<Message> {
    return defer(() => {
      let at = place;
      const next = (message: Message) => (at = message.to);
      const isBehind = () => !isSamePlace(at, this.place);
      const read = () => flushAfter(this.#paths, at, this.#turns, this.place);
      const missed = async function* () {
        while (isBehind()) {
          const message = await read();
          if (!message) return;
          yield [message];
        }
      };
      const live$ = defer(() => (isBehind() ? EMPTY : this.message$));
      return concat(
        defer(() => fromBatches(missed(), ready)),
        live$,
      ).pipe(tap(next), repeat({ delay: () => timer(this.#every, this.#scheduler) }));
    });
  }

  #advance({ type, to, changes, late }: Message): void {
    this.place = to;
    if (type === 'reset') this.streamTime = undefined;
    for (const { fix } of [...changes, ...late]) this.streamTime = Math.max(this.streamTime ?? fix.arrival, fix.arrival);
  }
}
