import { defer, NEVER, pipe, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from './domain/commit.js';
import { sizeOf, type FixBatch } from './domain/FixBatch.js';
import type { End, Watcher } from './live/End.js';
import { replayBatches, type ReplayOptions } from './live/replayBatches.js';
import { monotonic } from './rx/monotonic.js';
import { pull } from './rx/pull.js';

/** How many fixes may be under way between the source and the end of their commit. */
const AHEAD = 32_768;

export interface PlayOptions extends ReplayOptions {
  /** Its first emission ends the run: what has come is committed. Default: never. */
  readonly stop$?: Observable<unknown>;
  /** Measures the run. Default: nothing is measured. */
  readonly meter?: Watcher | undefined;
}

/**
 * Start reading here. This is all of it:
 *
 *     recording ▸ replay ▸ latest ▸ flush ▸ append
 *
 * Fixes come in arrival order, batch by batch, as they are asked for. `replay` emits each when it is due. The end
 * (`intoLog`) judges which become their device's latest, gathers for a second (`bufferTime(1000)`) and commits:
 *
 *     play(recording.batches, intoLog(log), { rate: 60 })
 *
 * Pull until time enters, push after: the next batch is asked for only while no more than 32,768 fixes are under way
 * between `batches` and the end of their commit. What is made of a batch must be made before it asks for the next.
 *
 * Emits what each commit resolves to. Errors of the fixes pass on when what came before them is committed, those of the
 * end at once.
 */
export const play = (
  batches: AsyncIterable<FixBatch>,
  end: End,
  { stop$ = NEVER, meter, scheduler = monotonic, ...timing }: PlayOptions = {},
): Observable<Commit> =>
  defer(() => {
    let stopped = false;
    const stopping$ = stop$.pipe(tap(() => (stopped = true)));
    return pull(
      batches,
      pipe(
        replayBatches<FixBatch>({ ...timing, scheduler }),
        takeUntil(stopping$), // below replay, which may hold fixes for hours, and above the end, which lets none go
        tap((batch) => meter?.emitted(batch)),
        end({ scheduler, watcher: meter, stopped: () => stopped, isPart: (timing.until ?? Infinity) < Infinity }),
        tap((commit) => meter?.committed(commit)),
      ),
      { sizeOf, settles: ({ settled }) => settled, ahead: AHEAD },
    );
  });
