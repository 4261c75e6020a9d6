import {
  combineLatest,
  concatMap,
  debounceTime,
  defer,
  distinctUntilKeyChanged,
  filter,
  map,
  merge,
  scan,
  startWith,
  switchMap,
  take,
  throttleTime,
  type Observable,
} from 'rxjs';
import type { AskFleet } from '../api/Server.js';
import { ageCounts, type Ages } from './ageCounts.js';
import { orTrouble, type Trouble } from './orTrouble.js';
import type { Picture } from './Picture.js';
import type { Span } from './spanOf.js';
import type { Stretch } from './Stretch.js';

const SETTLE_MS = 400; // ms: the fleet is to be there first, and somebody may be zooming
const LIVE_EVERY = 1000; // ms
/** At how many moments a fleet is asked for, unless that were about more fixes than these in all. */
const [FEWEST, MOST, FIXES] = [4, 24, 50_000];
const POINTS = 600;

export interface AgesInputs {
  readonly window$: Observable<Stretch>;
  readonly span$: Observable<Span>;
  readonly live$: Observable<Picture>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
}

/**
 * How old the fixes of all devices were at moments of the stretch that is shown, one fleet after the other, and how old they
 * are as the log grows; in order. Holds 600 of them.
 */
export const agesIn = (
  { window$, span$, live$, reset$ }: AgesInputs,
  askFleet: AskFleet,
): Observable<{ readonly ages: readonly Ages[] } | Trouble> => {
  const known$ = live$.pipe(filter(({ vehicles }) => vehicles.size > 0));
  const live = known$.pipe(
    throttleTime(LIVE_EVERY, undefined, { leading: true, trailing: true }),
    distinctUntilKeyChanged('at'),
    map(({ at, vehicles }) => ageCounts(Array.from(vehicles.values(), ({ latest }) => latest.event), at)),
  );
  const sampled = (stretch: Stretch) =>
    combineLatest([span$, known$]).pipe(
      map(([{ first, newest }, { vehicles }]) => ({
        start: Math.max(first, stretch.from),
        end: Math.min(newest, stretch.to),
        count: Math.max(FEWEST, Math.min(MOST, Math.floor(FIXES / vehicles.size))),
      })),
      filter(({ start, end }) => end > start), // a replay may only just have begun
      take(1),
      switchMap(({ start, end, count }) => Array.from({ length: count }, (_, i) => Math.round(start + ((end - start) * i) / (count - 1)))),
      concatMap((at) =>
        orTrouble(defer(() => askFleet({ at })).pipe(map(({ fixes }) => ageCounts(fixes.map(({ event }) => event), at)))),
      ),
    );
  return combineLatest([window$, reset$]).pipe(
    debounceTime(SETTLE_MS),
    switchMap(([stretch]) =>
      merge(sampled(stretch), live).pipe(
        scan<Ages | Trouble, { readonly ages: readonly Ages[] } | Trouble>(
          (before, told) => ('trouble' in told ? told : { ages: put('ages' in before ? before.ages : [], told) }),
          { ages: [] },
        ),
        startWith({ ages: [] }),
      ),
    ),
  );
};

/** Puts one where it belongs by its moment, in the place of one of the same moment. */
function put(ages: readonly Ages[], one: Ages): readonly Ages[] {
  const place = ages.findLastIndex(({ at }) => at <= one.at) + 1;
  const isSame = ages[place - 1]?.at === one.at;
  return ages.toSpliced(isSame ? place - 1 : place, isSame ? 1 : 0, one).slice(-POINTS);
}
