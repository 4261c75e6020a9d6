import {
  catchError,
  combineLatest,
  debounceTime,
  distinctUntilChanged,
  filter,
  map,
  merge,
  of,
  scan,
  switchMap,
  type Observable,
} from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { getJson, type Ask } from '../api/getJson.js';
import { Refused } from '../api/Refused.js';
import type { Moment } from './Moment.js';
import type { Picture } from './Picture.js';
import { pastTrack } from './pastTrack.js';
import type { Sighting } from './Sighting.js';
import type { Track } from './Track.js';
import { trackOf, type Stretch } from './trackOf.js';

const DEBOUNCE_MS = 150; // ms without another wish, until the track is asked for

interface Wishes {
  readonly chosen$: Observable<string | undefined>;
  readonly moment$: Observable<Moment>;
  /** How many minutes back. */
  readonly reach$: Observable<number>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$?: Observable<unknown>;
}

/** A track as far as it is known: what the server answered, once it has, and all that came since it was asked. */
interface Told {
  readonly fixes: readonly Sighting[];
  /** How far back it reaches. */
  readonly from: Instant;
  readonly answered: boolean;
  readonly silentSince?: Instant | undefined;
  readonly trouble?: string | undefined;
  /** Whether the server only knows nothing of the device yet. */
  readonly unknown?: boolean;
}

/**
 * The track of the chosen device up to the moment; live it is mended with every fix that comes from the question on, and
 * asked for again with the whole fleet.
 *
 *     chosen   a---------b-----
 *     result   --t---t-----t---
 *
 * It reaches back from now, or from the last fix of a device that has been silent for longer.
 * `undefined` while none is chosen; where the server has no answer, a track of none that says why.
 */
export const chosenTrack = (
  live$: Observable<Picture>,
  { chosen$, moment$, reach$, reset$ = of(undefined) }: Wishes,
  ask: Ask = getJson,
): Observable<Track | undefined> => {
  const answer$ = (device: string, stretch: Stretch) =>
    trackOf(device, stretch, ask).pipe(
      map((fixes): Told => ({ fixes, from: stretch.from, answered: true })),
      catchError((error: unknown) =>
        of<Told>({
          fixes: [],
          from: stretch.from,
          answered: true,
          trouble: (error as Error).message,
          unknown: error instanceof Refused && error.error === 'unknown',
        }),
      ),
    );
  const asItIs$ = (device: string, minutes: number) =>
    live$.pipe(
      filter(({ whole }, i) => whole || i === 0),
      switchMap((whole) => {
        const silence = (picture: Picture) => silenceOf(device, picture, minutes);
        const since = (picture: Picture) => (silence(picture) ?? picture.at) - minutes * 60e6;
        const coming$ = live$.pipe(
          map((picture): Told => ({
            fixes: fixesOf(device, picture),
            from: since(picture),
            answered: false,
            silentSince: silence(picture),
          })),
        );
        const answered$ = answer$(device, { from: since(whole), by: 'event' }).pipe(map((told) => ({ ...told, silentSince: silence(whole) })));
        return merge(answered$, coming$).pipe(
          scan(joined),
          filter(({ answered }) => answered),
          distinctUntilChanged(),
        );
      }),
    );
  const kind$ = moment$.pipe(
    map(({ at, by }) => (at === 'live' ? 'live' : by)),
    distinctUntilChanged(),
  );
  return combineLatest([chosen$, kind$, reach$, reset$]).pipe(
    debounceTime(DEBOUNCE_MS),
    switchMap(([device, kind, minutes]) => {
      if (device === undefined) return of(undefined);
      const track$: Observable<Omit<Track, 'device'>> =
        kind === 'live' ? asItIs$(device, minutes) : pastTrack(moment$, { device, minutes, by: kind }, ask);
      return track$.pipe(map(({ fixes, silentSince, trouble }): Track => ({ device, fixes, silentSince, trouble })));
    }),
  );
};

/** The last fix of a device, if nothing would be left of its track otherwise. */
function silenceOf(device: string, { at, vehicles }: Picture, minutes: number): Instant | undefined {
  const last = vehicles.get(device)?.latest.event ?? at;
  return last < at - minutes * 60e6 ? last : undefined;
}

const fixesOf = (device: string, { changes, late }: Picture): readonly Sighting[] =>
  [...changes, ...late].filter((fix) => fix.device === device);

/** Both together, each moment once: the same object if the second adds nothing. A device that has a fix is not unknown. */
function joined(before: Told, more: Told): Told {
  const known = new Set(before.fixes.map(({ event }) => event));
  const news = more.fixes.filter(({ event }) => !known.has(event));
  if (news.length === 0 && !more.answered) return before;
  const { trouble, unknown = false } = more.answered ? more : before;
  const from = Math.max(before.from, more.from);
  const fixes = [...before.fixes, ...news].filter(({ event }) => event >= from).sort((a, b) => a.event - b.event);
  return {
    fixes,
    from,
    answered: before.answered || more.answered,
    silentSince: more.answered ? before.silentSince : more.silentSince,
    trouble: unknown && fixes.length > 0 ? undefined : trouble,
    unknown,
  };
}
