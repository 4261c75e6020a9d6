import { defer, NEVER, pipe, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from './domain/commit.js';
import type { Fix } from './domain/fix.js';
import type { Update } from './domain/latest.js';
import { flush } from './live/flush.js';
import { latest } from './live/latest.js';
import { replay, type ReplayOptions } from './live/replay.js';
import { append, type Sink } from './log/append.js';
import { synced } from './log/synced.js';
import type { Meter } from './report/Meter.js';
import { monotonic } from './rx/monotonic.js';
import { pull } from './rx/pull.js';

const FLUSH_AT = 4096; // fixes that are written without waiting for the flush's time
const AHEAD = 2 * FLUSH_AT; // fixes under way from the source to the sink

export interface PlayOptions extends Omit<ReplayOptions<Fix>, 'emitted'> {
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
 * Plays fixes that come in arrival order into a sink: each waits until it is due, becomes its device's latest
 * or turns out late, and is committed with all that came within a second. Emits what each commit resolves to.
 *
 * Pull until time enters, push after: the next batch is asked for only while no more than 8,192 fixes are
 * under way between `fixes` and the end of their commit. That and one fix per device is what it holds.
 *
 * Errors of the fixes pass on when what came before them is committed, those of the sink at once.
 */
export const play = (
  fixes: AsyncIterable<readonly Fix[]>,
  sink: Sink<Update, Commit>,
  { flushEvery = 1000, syncEvery = 1000, stop$ = NEVER, meter, scheduler = monotonic, ...timing }: PlayOptions = {},
): Observable<Commit> =>
  defer(() => {
    let stopped = false;
    const stopping$ = stop$.pipe(tap(() => (stopped = true)));
    return pull(
      fixes,
      pipe(
        replay({ ...timing, emitted: meter?.emitted, scheduler }),
        takeUntil(stopping$), // below replay, which may hold fixes for hours, and above flush, which lets none go
        meter?.timed(latest()) ?? latest(),
        flush({ every: flushEvery, most: FLUSH_AT, scheduler }),
        append(meter?.metered(sink) ?? sink, { ends: () => !stopped }),
        synced(() => sink.sync?.() ?? Promise.resolve(), { every: syncEvery, scheduler }),
      ),
      { settles: ({ settled }) => settled, ahead: AHEAD },
    );
  });
