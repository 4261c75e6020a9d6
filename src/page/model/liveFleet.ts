import { defer, EMPTY, filter, map, merge, mergeMap, of, retry, switchMap, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { AskFleet, Flush, ServerEvent } from '../api/Server.js';
import { Fleet } from './Fleet.js';
import type { Picture } from './Picture.js';
import type { Sighting } from './Sighting.js';

const RETRY_MS = 2000; // ms until the whole is asked for again
const BEFORE = 60e6; // µs back, for a first idea of where each is heading
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * The fleet as it is: whole when the events begin (again), then with each flush.
 *
 *     events   o---f-f---r--f-   opened, flushes, another log, its flushes
 *     result   --w-p-p---nw-p-   the whole fleet, and what each flush made of it; none, then the whole of the other log
 *
 * The whole is the answer to a question, with what flushes brought since it was asked; of the fleet before nothing is
 * left, whichever log that was of. Holds one vehicle a device, and while a question is open what flushes bring.
 */
export const liveFleet = (events$: Observable<ServerEvent>, askFleet: AskFleet): Observable<Picture> =>
  defer(() => {
    let fleet = new Fleet();
    let run = 0;
    let at: Instant = 0;
    let since: Flush[] | undefined;
    const picture = (step: Partial<Picture> = {}): Picture => ({
      live: true,
      by: 'arrival',
      at,
      run,
      whole: false,
      vehicles: fleet.vehicles,
      changes: [],
      late: [],
      elsewhere: NOTHING,
      displaced: NOTHING,
      compared: true,
      ...step,
    });
    const take = ({ at: to, changes, late }: Flush) => {
      at = Math.max(at, to);
      for (const fixes of [changes, late]) for (const fix of fixes) fleet.take(fix);
      return { changes, late };
    };
    const whole$ = defer(() => {
      since = [];
      return askFleet();
    }).pipe(
      mergeMap((told) => {
        fleet = new Fleet(told.fixes);
        at = told.at ?? newest(told.fixes);
        for (const flush of since ?? []) take(flush);
        since = undefined;
        return merge(of(picture({ whole: true })), fleet.vehicles.size === 0 ? EMPTY : earlier$(at));
      }),
      retry({ delay: RETRY_MS }),
    );
    const earlier$ = (now: Instant) =>
      askFleet({ at: now - BEFORE }).pipe(
        map(({ fixes }) => {
          for (const fix of fixes) fleet.vehicles.get(fix.device)?.mend(fix);
          return picture();
        }),
      );
    const anew = () => {
      fleet = new Fleet();
      at = 0;
      run++;
      return picture({ whole: true });
    };
    return merge(
      events$.pipe(
        filter(({ type }) => type === 'open' || type === 'reset'),
        switchMap(({ type }) => (type === 'reset' ? merge(of(anew()), whole$) : whole$)),
      ),
      events$.pipe(
        filter((event) => event.type === 'flush'),
        map(({ flush }) => {
          since?.push(flush);
          return picture(take(flush));
        }),
      ),
    );
  });

const newest = (fixes: readonly Sighting[]): Instant => fixes.reduce((max, { arrival }) => Math.max(max, arrival), 0);
