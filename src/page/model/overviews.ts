import { distinctUntilChanged, map, switchMap, take, type Observable } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import type { Ask } from '../api/getJson.js';
import type { Clock, ServedHistogram, Status } from '../api/served.js';
import { asked } from './asked.js';
import { instantOf } from './instantOf.js';
import type { Trouble } from './orTrouble.js';
import { Overview } from './Overview.js';
import type { Stretch } from './Stretch.js';

const BINS = 600;
const SETTLE_MS = 100; // ms in which a stretch may change again, while somebody zooms

export interface OverviewInputs {
  readonly window$: Observable<Stretch>;
  readonly by$: Observable<Clock>;
  readonly status$: Observable<Status>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
}

/** What there is in the stretch that is shown: asked for when that changes, and when the log has grown. */
export const overviews = (
  { window$, by$, status$, reset$ }: OverviewInputs,
  ask: Ask,
): Observable<{ readonly overview: Overview } | Trouble> => {
  const grown$ = status$.pipe(map(({ rows, changes, late }) => rows ?? changes + late), distinctUntilChanged());
  return asked([window$, by$.pipe(distinctUntilChanged()), grown$, reset$], SETTLE_MS, ([{ from, to }, by]) =>
    status$.pipe(
      take(1),
      switchMap(({ stream_time }) =>
        ask<ServedHistogram>('/api/histogram', { by, from: formatInstant(from), to: formatInstant(to), bins: BINS }).pipe(
          map((served) => ({ overview: new Overview(served, stream_time ? instantOf(stream_time) : undefined) })),
        ),
      ),
    ),
  );
};
