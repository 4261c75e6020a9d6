import { catchError, concat, defer, EMPTY, map, of, switchMap, take, throwError, type Observable } from 'rxjs';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { getJson, type Ask } from '../api/getJson.js';
import { Refused } from '../api/Refused.js';
import type { Clock, ServedFix } from '../api/served.js';
import type { Direction } from './Intent.js';
import { instantOf } from './instantOf.js';

const FIRST_REACH = 1e6; // µs ahead that the next change is looked for

export interface StepOptions {
  readonly by: Clock;
  /** The only device that counts. */
  readonly device: string | undefined;
  /** The newest moment of the recording. */
  readonly end: Instant;
  readonly ask?: Ask;
}

/**
 * The moment of the change next to a moment, by one clock: that of the fix that a device has then and did not have before.
 *
 *     result   ---(m|)     none if there is no change that way
 *
 * Looks ever further ahead until something has changed, then for the first of that.
 */
export function steppedTo(at: Instant, direction: Direction, { by, device, end, ask = getJson }: StepOptions): Observable<Instant> {
  const known$ = (moment: Instant) => knownAt(formatInstant(moment), { by, device, ask });
  const timeOf = (fix: ServedFix) => instantOf(by === 'arrival' ? fix.time : fix.event_time);
  const newest = (fixes: readonly ServedFix[]) => fixes.reduce((latest, fix) => Math.max(latest, timeOf(fix)), -Infinity);
  const found = (moment: Instant) => (Number.isFinite(moment) ? of(moment) : EMPTY);
  if (direction === 'back') return known$(at - 1).pipe(take(1), switchMap((fixes) => found(newest(fixes))));

  const firstWithin = (to: Instant): Observable<Instant> =>
    known$(to).pipe(
      map((fixes) => fixes.map(timeOf).filter((moment) => moment > at)),
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
  at: string,
  { by, device, ask }: Pick<StepOptions, 'by' | 'device'> & { readonly ask: Ask },
): Observable<readonly ServedFix[]> {
  if (device === undefined) return ask<{ fixes: ServedFix[] }>('/api/fleet', { at, by }).pipe(map(({ fixes }) => fixes));
  return ask<ServedFix>(`/api/devices/${encodeURIComponent(device)}/fix`, { at, by }).pipe(
    map((fix) => [fix]),
    catchError((error: unknown) => (error instanceof Refused && error.error === 'later' ? of([]) : throwError(() => error))),
  );
}
