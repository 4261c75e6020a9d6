import { concat, defer, EMPTY, map, of, switchMap, take, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { fleetsOf } from '../api/fleetsOf.js';
import type { Ask } from '../api/getJson.js';
import type { AskFleet } from '../api/Server.js';
import type { Clock } from '../api/served.js';
import { fixAt } from './fixAt.js';
import type { Direction } from './Intent.js';
import type { Sighting } from './Sighting.js';

const FIRST_REACH = 1e6; // µs ahead that the next change is looked for

export interface StepOptions {
  readonly by: Clock;
  /** The only device that counts. */
  readonly device: string | undefined;
  /** The newest moment of the recording. */
  readonly end: Instant;
  readonly ask: Ask;
  readonly askFleet?: AskFleet;
}

/**
 * The moment of the change next to a moment, by one clock: that of the fix that a device has then and did not have before.
 *
 *     result   ---(m|)     none if there is no change that way
 *
 * Looks ever further ahead until something has changed, then for the first of that.
 */
export function steppedTo(
  at: Instant,
  direction: Direction,
  { by, device, end, ask, askFleet = fleetsOf(ask) }: StepOptions,
): Observable<Instant> {
  const known$ = (moment: Instant) => knownAt(moment, { by, device, ask, askFleet });
  const newest = (fixes: readonly Sighting[]) => fixes.reduce((latest, fix) => Math.max(latest, fix[by]), -Infinity);
  const found = (moment: Instant) => (Number.isFinite(moment) ? of(moment) : EMPTY);
  if (direction === 'back') return known$(at - 1).pipe(take(1), switchMap((fixes) => found(newest(fixes))));

  const firstWithin = (to: Instant): Observable<Instant> =>
    known$(to).pipe(
      map((fixes) => fixes.map((fix) => fix[by]).filter((moment) => moment > at)),
      switchMap((moments) => found(moments.reduce((first, moment) => Math.min(first, moment), Infinity))),
    );
  const narrowed = (moment: Instant): Observable<Instant> =>
    moment <= at + 1 ? of(moment) : concat(firstWithin(moment - 1).pipe(switchMap(narrowed)), of(moment)).pipe(take(1));
  const widened = (reach: number): Observable<Instant> => {
    const to = Math.min(at + reach, end);
    const wider$ = defer(() => (to < end ? widened(reach * 4) : EMPTY));
    return concat(firstWithin(to).pipe(switchMap(narrowed)), wider$).pipe(take(1));
  };
  return at >= end ? EMPTY : widened(FIRST_REACH);
}

/** What is known at a moment: of one device, or of all. */
function knownAt(
  at: Instant,
  { by, device, ask, askFleet }: Pick<StepOptions, 'by' | 'device' | 'ask'> & { readonly askFleet: AskFleet },
): Observable<readonly Sighting[]> {
  if (device === undefined) return askFleet({ at, by }).pipe(map(({ fixes }) => fixes));
  return fixAt(device, { at, by }, ask).pipe(map((fix) => (fix === undefined ? [] : [fix])));
}
