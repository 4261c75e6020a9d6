import { concat, defer, of, switchMap, tap, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { AskChanges, AskFleet } from '../api/Server.js';
import type { Clock } from '../api/served.js';
import type { FleetAhead } from './FleetAhead.js';

const LIMIT = 6000; // fixes of a step, which take as long as the fleet of so many devices
const FLEETS = 12; // steps that are asked for as fleets before fixes are tried again

export interface LoadingOptions {
  readonly by: Clock;
  readonly askFleet: AskFleet;
  readonly askChanges: AskChanges;
  /** How many fixes of a step are asked for at most. Default: 6,000. */
  readonly limit?: number | undefined;
}

/** Loads a fleet ahead from the server; each emits once for every answer. */
export interface Loading {
  /** The fleet as of some moments, one after the other. */
  readonly begin: (...moments: readonly Instant[]) => Observable<unknown>;
  /** What there is from the edge to a moment: all fixes, or the fleet then where those are too many. */
  readonly goOn: (edge: Instant) => Observable<unknown>;
}

/** Loads a fleet ahead: as of a moment, and then all that changes it. Where that is too much, it asks for fleets for a while. */
export function loading(ahead: FleetAhead, { by, askFleet, askChanges, limit = LIMIT }: LoadingOptions): Loading {
  let fleets = 0; // that are still to be asked for
  let crowded = Infinity; // µs of a step that had too many fixes
  const fleet$ = (at: Instant) => askFleet({ at, by }).pipe(tap(({ fixes }) => { ahead.load(at, fixes); }));
  const fixes$ = (from: Instant, to: Instant) =>
    askChanges({ from, to, by, limit }).pipe(
      switchMap(({ changes, late, isAll }) => {
        if (isAll) {
          ahead.take(to, changes, late);
          return of(undefined);
        }
        [fleets, crowded] = [FLEETS, to - from];
        return fleet$(to);
      }),
    );
  return {
    begin: (...moments) => concat(...moments.map(fleet$)),
    goOn: (edge) =>
      defer(() => {
        const from = ahead.edge! + 1;
        if (fleets > 0 && edge - from > crowded / 2) {
          fleets--;
          return fleet$(edge);
        }
        return fixes$(from, edge);
      }),
  };
}
