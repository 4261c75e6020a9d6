import { combineLatest, map, startWith, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { AskFleet } from '../api/Server.js';
import type { Clock } from '../api/served.js';
import { displacement, type Displaced } from './displacement.js';
import { Vehicle } from './Fleet.js';
import type { Picture } from './Picture.js';
import type { Sighting } from './Sighting.js';

const BEFORE = 60e6; // µs back, for where each was heading

/**
 * The fleet as of a moment by one clock, then with where the other clock has it and where each came from.
 *
 *     result   ---p-p-p|
 */
export const pastFleet = (at: Instant, by: Clock, askFleet: AskFleet): Observable<Picture> => {
  const fleet$ = (moment: Instant, clock: Clock) => askFleet({ at: moment, by: clock }).pipe(map(({ fixes }) => fixes));
  const other = by === 'arrival' ? 'event' : 'arrival';
  return combineLatest([fleet$(at, by), fleet$(at, other).pipe(startWith(undefined)), fleet$(at - BEFORE, by).pipe(startWith([]))]).pipe(
    map(([fixes, others, earlier]) => {
      const vehicles = new Map(fixes.map((fix) => [fix.device, new Vehicle(fix)]));
      for (const fix of earlier) vehicles.get(fix.device)?.mend(fix);
      const elsewhere = elsewhereOf(fixes, others ?? fixes);
      return {
        live: false,
        by,
        at,
        run: 0,
        whole: true,
        vehicles,
        changes: [],
        late: [],
        elsewhere,
        displaced: displacedOf(vehicles, elsewhere),
        compared: others !== undefined,
      };
    }),
  );
};

/** The devices of which two clocks show different fixes, with what the other shows. */
function elsewhereOf(fixes: readonly Sighting[], others: readonly Sighting[]): Map<string, Sighting | undefined> {
  const left = new Map(others.map((fix) => [fix.device, fix]));
  const elsewhere = new Map<string, Sighting | undefined>();
  for (const { device, event } of fixes) {
    const other = left.get(device);
    if (other?.event !== event) elsewhere.set(device, other);
    left.delete(device);
  }
  for (const [device, other] of left) elsewhere.set(device, other);
  return elsewhere;
}

/** Those devices of them that are displaced. */
function displacedOf(
  vehicles: ReadonlyMap<string, Vehicle>,
  elsewhere: ReadonlyMap<string, Sighting | undefined>,
): ReadonlyMap<string, Displaced> {
  const displaced = new Map<string, Displaced>();
  for (const [device, there] of elsewhere) {
    const found = displacement(vehicles.get(device)?.latest, there);
    if (found !== undefined) displaced.set(device, found);
  }
  return displaced;
}
