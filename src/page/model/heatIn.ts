import { distinctUntilChanged, map, merge, of, switchMap, throttleTime, type Observable } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import type { Ask } from '../api/getJson.js';
import type { Clock, ServedLate, Status } from '../api/served.js';
import { asked } from './asked.js';
import { heatOf, type Heat } from './Heat.js';
import type { Sight } from './Intent.js';
import type { Trouble } from './orTrouble.js';
import type { Stretch } from './Stretch.js';

const SETTLE_MS = 150; // ms in which the map or the stretch may be moved again
const GROWN_EVERY = 2000; // ms
const CELL = 8; // px of a cell, at least
const [FEWEST, MOST] = [64, 65_536]; // cells

export interface HeatInputs {
  /** Whether it is to be shown. */
  readonly warm$: Observable<boolean>;
  /** The part of the map that is seen. */
  readonly sight$: Observable<Sight>;
  readonly window$: Observable<Stretch>;
  readonly by$: Observable<Clock>;
  readonly status$: Observable<Status>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
}

/**
 * Where the late fixes of the stretch that is shown were, in the part of the map that is seen: asked for again when one of them
 * changes, and when the log has more. `undefined` while it is not to be shown, and until it is known.
 */
export const heatIn = (
  { warm$, sight$, window$, by$, status$, reset$ }: HeatInputs,
  ask: Ask,
): Observable<{ readonly heat: Heat | undefined } | Trouble> => {
  const grown$ = status$.pipe(
    map(({ late }) => late),
    distinctUntilChanged(),
    throttleTime(GROWN_EVERY, undefined, { leading: true, trailing: true }),
  );
  const told$ = asked(
    [sight$, window$, by$.pipe(distinctUntilChanged()), grown$, reset$],
    SETTLE_MS,
    ([{ west, south, east, north, width, height }, { from, to }, by]) => {
      const cells = Math.max(FEWEST, Math.min(MOST, Math.ceil((width * height) / CELL ** 2)));
      const box = [west, south, east, north].map((degrees) => degrees.toFixed(6)).join();
      return ask<ServedLate>('/api/late', { by, from: formatInstant(from), to: formatInstant(to), box, cells }).pipe(
        map((served) => ({ heat: heatOf(served) })),
      );
    },
  );
  return warm$.pipe(switchMap((warm) => merge(of({ heat: undefined }), warm ? told$ : [])));
};
