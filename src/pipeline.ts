import { defer, map, NEVER, pipe, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from './domain/commit.js';
import { sizeOf, type FixBatch, type Judged } from './domain/FixBatch.js';
import { flush } from './rx/flush.js';
import { latestInBatches } from './live/latestInBatches.js';
import { replayBatches, type ReplayOptions } from './live/replayBatches.js';
import { append, type Sink } from './rx/append.js';
import { synced } from './rx/synced.js';
import type { Meter } from './report/Meter.js';
import { monotonic } from './rx/monotonic.js';
import { pull } from './rx/pull.js';

const FLUSH_AT = 8192; // fixes that are written without waiting for the flush's time
const AHEAD = 2 * FLUSH_AT; // fixes under way from the source to the sink

/** Where a run ends: something that keeps what came of its fixes. */
export interface End<T> extends Sink<T, Commit> {
  /** Takes what it needs out of judged fixes, which are good no longer than that. */
  take(judged: Judged): T;
  /** How many fixes that was. */
  sizeOf(taken: T): number;
}

export interface PlayOptions extends ReplayOptions {
  /** Flush the log at least this often, in ms. Default: 1000. */
  readonly flushEvery?: number;
  /** Have what was flushed synced at most this often, in ms; `Infinity` for never. Default: 1000. */
  readonly syncEvery?: number;
  /** Its first emission ends the run: what has come is committed, but the sink is not ended. Default: never. */
  readonly stop$?: Observable<unknown>;
  /** Measures the run. Default: nothing is measured. */
  readonly meter?: Meter;
}

/**
 * Plays fixes that come in arrival order to an end, such as a log: each waits until it is due, becomes its device's latest
 * or turns out late, and is committed with all that came within a second. Emits what each commit resolves to.
 *
 * Pull until time enters, push after: the next batch is asked for only while no more than 16,384 fixes are
 * under way between `batches` and the end of their commit. That and one fix per device is what it holds.
 *
 * Errors of the fixes pass on when what came before them is committed, those of the sink at once.
 */
export const play = <T>(
  batches: AsyncIterable<FixBatch>,
  end: End<T>,
  { flushEvery = 1000, syncEvery = 1000, stop$ = NEVER, meter, scheduler = monotonic, ...timing }: PlayOptions = {},
): Observable<Commit> =>
  defer(() => {
    let stopped = false;
    const stopping$ = stop$.pipe(tap(() => (stopped = true)));
    const judged = pipe(
      tap((batch: FixBatch) => meter?.emitted(batch)),
      latestInBatches(),
      tap((judged) => meter?.found(judged)),
      map((judged) => end.take(judged)),
      tap(() => meter?.taken()),
    );
    return pull(
      batches,
      pipe(
        replayBatches<FixBatch>({ ...timing, scheduler }),
        takeUntil(stopping$), // below replay, which may hold fixes for hours, and above flush, which lets none go
        judged,
        flush({ every: flushEvery, most: FLUSH_AT, sizeOf: (taken) => end.sizeOf(taken), scheduler }),
        tap(() => meter?.flushed()),
        append(end, { ends: () => !stopped }),
        tap((commit) => meter?.committed(commit)),
        synced(() => end.sync?.() ?? Promise.resolve(), { every: syncEvery, scheduler }),
      ),
      { sizeOf, settles: ({ settled }) => settled, ahead: AHEAD },
    );
  });
