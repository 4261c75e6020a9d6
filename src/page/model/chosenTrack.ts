import { catchError, combineLatest, debounceTime, distinctUntilChanged, map, of, scan, switchMap, take, type Observable } from 'rxjs';
import type { Moment } from './pageModel.js';
import type { Picture } from './Picture.js';
import type { Sighting } from './Sighting.js';
import { trackOf } from './trackOf.js';

const REST = 150; // ms without another wish, until the track is asked for

/** The track of a device, in the order of event times. */
export interface Track {
  readonly device: string;
  readonly fixes: readonly Sighting[];
  /** Why the server gives none. */
  readonly trouble?: string;
}

interface Wishes {
  readonly chosen$: Observable<string | undefined>;
  readonly moment$: Observable<Moment>;
  /** How many minutes back. */
  readonly reach$: Observable<number>;
}

/**
 * The track of the chosen device up to the moment: asked for once, and live mended with every fix that comes.
 *
 *     chosen   a---------b-----
 *     result   --t---t-----t---
 *
 * `undefined` while none is chosen; where the server has no answer, a track of none that says why.
 */
export const chosenTrack = (live$: Observable<Picture>, { chosen$, moment$, reach$ }: Wishes): Observable<Track | undefined> => {
  const asItIs = (device: string, minutes: number) =>
    live$.pipe(
      take(1),
      switchMap(({ at }) => trackOf(device, at - minutes * 60e6, at, 'event')),
      switchMap((begun) => live$.pipe(scan((fixes, picture) => mended(fixes, device, picture), begun), distinctUntilChanged())),
    );
  return combineLatest([chosen$, moment$, reach$]).pipe(
    debounceTime(REST),
    switchMap(([device, { at, by }, minutes]) =>
      device === undefined
        ? of(undefined)
        : (at === 'live' ? asItIs(device, minutes) : trackOf(device, at - minutes * 60e6, at, by)).pipe(
            map((fixes): Track => ({ device, fixes })),
            catchError((error: unknown) => of<Track>({ device, fixes: [], trouble: (error as Error).message })),
          ),
    ),
  );
};

/** A track with the fixes of a step that are of its device: the same array if there are none. */
function mended(fixes: readonly Sighting[], device: string, { changes, late }: Picture): readonly Sighting[] {
  const known = new Set(fixes.map(({ event }) => event));
  const more = [...changes, ...late].filter((fix) => fix.device === device && !known.has(fix.event));
  return more.length === 0 ? fixes : [...fixes, ...more].sort((a, b) => a.event - b.event);
}
