import { catchError, defer, filter, map, of, switchMap, throttleTime, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { getJson, type Ask } from '../api/getJson.js';
import type { Clock } from '../api/served.js';
import { fixAt } from './fixAt.js';
import type { Moment } from './Moment.js';
import { oneAtATime } from './oneAtATime.js';
import type { Sighting } from './Sighting.js';
import type { Track } from './Track.js';
import { trackOf } from './trackOf.js';

const EVERY = 100; // ms between two tracks of a moment that moves
const AHEAD = 0.25; // of the reach that is asked for beyond the moment, so that it can move

/** What a track is asked for: a device, how many minutes back, and which clock. */
export interface PastTrackOptions {
  readonly device: string;
  readonly minutes: number;
  readonly by: Clock;
}

/** What was answered: all fixes from a moment to another; from `-Infinity` on where nothing is known before. */
interface Held {
  readonly from: Instant;
  readonly to: Instant;
  readonly fixes: readonly Sighting[];
}

/**
 * The track of a device up to each of some moments, by one clock. A moment that moves asks the server only when it leaves
 * what was answered before.
 *
 *     moments   abc-------
 *     result    --A---C---
 *
 * It reaches back from the moment, or from the last fix before it of a device that has been silent for longer. Holds the
 * answer. Where there is none, the track is empty and says why.
 */
export const pastTrack = (
  moment$: Observable<Moment>,
  { device, minutes, by }: PastTrackOptions,
  ask: Ask = getJson,
): Observable<Omit<Track, 'device'>> =>
  defer(() => {
    const reach = minutes * 60e6;
    let held: Held | undefined;
    const lastOf = ({ fixes }: Held, at: Instant) =>
      fixes.reduce((last, fix) => (fix[by] > at ? last : Math.max(last, fix[by])), -Infinity);
    const isSilent = (last: Instant, at: Instant) => last < at - reach;
    const answers = (answer: Held, at: Instant) => {
      const last = lastOf(answer, at);
      return answer.from <= (isSilent(last, at) ? last : at) - reach && at <= answer.to;
    };
    const within = (answer: Held, at: Instant) => {
      const last = lastOf(answer, at);
      const silent = isSilent(last, at);
      const since = (silent ? last : at) - reach;
      const fixes = answer.fixes.filter((fix) => fix[by] >= since && fix[by] <= at);
      return { fixes, silentSince: silent ? fixes.at(-1)?.event : undefined };
    };
    const told$ = (from: Instant, to: Instant) => trackOf(device, { from, to, by }, ask).pipe(map((fixes): Held => ({ from, to, fixes })));
    const asked$ = (at: Instant) =>
      told$(at - reach, at + reach * AHEAD).pipe(
        switchMap((answer) => {
          if (answers(answer, at)) return of(answer);
          return fixAt(device, { at, by }, ask).pipe(
            switchMap((last) => (last === undefined ? of({ ...answer, from: -Infinity }) : told$(last[by] - reach, answer.to))),
          );
        }),
      );
    return moment$.pipe(
      map(({ at }) => at),
      filter((at) => at !== 'live'),
      throttleTime(EVERY, undefined, { leading: true, trailing: true }),
      oneAtATime((at) => {
        if (held !== undefined && answers(held, at)) return of(within(held, at));
        return asked$(at).pipe(
          map((answer) => within((held = answer), at)),
          catchError((error: unknown) => of({ fixes: [], trouble: (error as Error).message })),
        );
      }),
    );
  });
