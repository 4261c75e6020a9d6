import { map, pipe, tap } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import type { Judged } from '../domain/FixBatch.js';
import type { End } from '../live/End.js';
import { latestInBatches } from '../live/latestInBatches.js';
import { append, type Sink } from '../rx/append.js';
import { flush } from '../rx/flush.js';
import { synced } from '../rx/synced.js';

/** The log is flushed early once this many fixes are waiting. */
const MANY = 8192;

/** A log, or what stands for one: it takes what it needs out of judged fixes, and commits that later. */
export interface Taking<T> extends Sink<T, Commit> {
  /** Takes what it needs: the fixes are good no longer than that. */
  take(judged: Judged): T;
  /** How many fixes that was. */
  sizeOf(taken: T): number;
}

export interface IntoLogOptions {
  /** Flush the log at least this often, in ms. Default: 1000. */
  readonly flushEvery?: number;
  /** Have what was flushed synced at most this often, in ms; `Infinity` for never. Default: 1000. */
  readonly syncEvery?: number;
}

/**
 * An end of `play`: each fix becomes its device's latest or turns out late, and is committed to a log with all that came
 * within a second.
 *
 *     batches ▸ latest ▸ flush ▸ append ▸ synced ▸ commits
 *
 * A run that was stopped is committed as far as it came, but the log is not ended. Holds what `latestInBatches`, `flush`
 * and `append` do.
 */
export const intoLog =
  <T>(log: Taking<T>, { flushEvery = 1000, syncEvery = 1000 }: IntoLogOptions = {}): End =>
  ({ scheduler, watcher, stopped }) =>
    pipe(
      latestInBatches(),
      tap((judged) => watcher?.found(judged)),
      map((judged) => log.take(judged)),
      tap(() => watcher?.taken()),
      flush({ every: flushEvery, max: MANY, sizeOf: (taken) => log.sizeOf(taken), scheduler }),
      tap(() => watcher?.flushed()),
      append(log, { ends: () => !stopped() }),
      synced(() => log.sync?.() ?? Promise.resolve(), { every: syncEvery, scheduler }),
    );
