import { catchError, concatMap, connect, defer, map, merge, of, type Observable } from 'rxjs';
import { getJson, type Ask } from '../api/getJson.js';
import type { Command, Pace } from '../api/served.js';

/** How far the server has got with what it was commanded. */
export interface Steering {
  /** Whether a command is still to be answered: what is told of the pace meanwhile may be of before it. */
  readonly busy: boolean;
  readonly pace?: Pace;
  readonly trouble?: string;
}

/**
 * Sends commands to the replay, each when the one before is answered: none is lost, none overtakes another.
 *
 *     commands   -ab-------
 *     result     -bb--A--B-   busy, twice; the answer to the first, still busy; the answer to the second
 *
 * What goes wrong is told in words, and ends nothing.
 */
export const steering = (commands$: Observable<Command>, ask: Ask = getJson): Observable<Steering> =>
  defer(() => {
    let open = 0;
    const answer$ = (command: Command) =>
      ask<Pace>(
        '/api/control',
        {},
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) },
      ).pipe(
        map((pace) => ({ pace })),
        catchError((error: unknown) => of({ trouble: (error as Error).message })),
        map((told): Steering => ({ ...told, busy: --open > 0 })),
      );
    return commands$.pipe(
      connect((command$) => merge(command$.pipe(map((): Steering => ({ busy: ++open > 0 }))), command$.pipe(concatMap(answer$)))),
    );
  });
