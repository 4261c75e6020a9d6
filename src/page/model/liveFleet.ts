import { defer, EMPTY, filter, map, merge, mergeMap, of, retry, switchMap, type Observable } from 'rxjs';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { getJson } from '../api/getJson.js';
import type { ServedFix } from '../api/served.js';
import type { ServerEvent } from '../api/serverEvents.js';
import { Fleet } from './Fleet.js';
import type { Picture } from './Picture.js';
import { sighting, type Sighting } from './Sighting.js';
import { instantOf } from './instantOf.js';

const AGAIN = 2000; // ms until the whole is asked for again
const BEFORE = 60e6; // µs back, for a first idea of where each is heading
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * The fleet as it is: whole when the events begin (again), then with each flush.
 *
 *     events   o---f-f---      opened, flushes
 *     result   --w-p-p---      the whole fleet, and what each flush made of it
 *
 * What flushes bring before the whole is there is not lost: whichever is newer stays. Holds one vehicle a device.
 */
export const liveFleet = (events$: Observable<ServerEvent>): Observable<Picture> =>
  defer(() => {
    const fleet = new Fleet();
    const picture = (at: Instant, changes: readonly Sighting[], late: readonly Sighting[]): Picture => ({
      live: true, by: 'arrival', at, vehicles: fleet.vehicles, changes, late, elsewhere: NOTHING, compared: true,
    });
    const whole$ = defer(() => {
      fleet.began();
      return getJson<{ at: string | null; fixes: ServedFix[] }>('/api/fleet');
    }).pipe(
      mergeMap(({ at, fixes }) => {
        const all = fixes.map(sighting);
        fleet.settle(all);
        const now = at === null ? all.reduce((most, { arrival }) => Math.max(most, arrival), 0) : instantOf(at);
        return merge(of(picture(now, all, [])), all.length === 0 ? EMPTY : earlier$(now));
      }),
      retry({ delay: AGAIN }),
    );
    const earlier$ = (now: Instant) =>
      getJson<{ fixes: ServedFix[] }>('/api/fleet', { at: formatInstant(now - BEFORE) }).pipe(
        map(({ fixes }) => {
          for (const fix of fixes) fleet.vehicles.get(fix.device_id)?.mend(sighting(fix));
          return picture(now, [], []);
        }),
      );
    return merge(
      events$.pipe(filter(({ type }) => type === 'open'), switchMap(() => whole$)),
      events$.pipe(
        mergeMap((event) => {
          if (event.type !== 'flush') return EMPTY;
          const { stream_time, changes, late } = event.flush;
          const taken = changes.map(sighting);
          for (const fix of taken) fleet.take(fix);
          const mending = late.map(sighting);
          for (const fix of mending) fleet.take(fix);
          return of(picture(instantOf(stream_time), taken, mending));
        }),
      ),
    );
  });
