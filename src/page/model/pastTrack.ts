import { catchError, defer, filter, map, of, throttleTime, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { getJson, type Ask } from '../api/getJson.js';
import type { Clock } from '../api/served.js';
import type { Moment } from './Moment.js';
import { oneAtATime } from './oneAtATime.js';
import type { Sighting } from './Sighting.js';
import { trackOf } from './trackOf.js';

const EVERY = 100; // ms between two tracks of a moment that moves
const AHEAD = 0.25; // of the reach that is asked for beyond the moment, so that it can move

/** What a track is asked for: a device, how many minutes back, and which clock. */
export interface PastTrackOptions {
  readonly device: string;
  readonly minutes: number;
  readonly by: Clock;
}

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
 * Holds the answer. Where there is none, the track is empty and says why.
 */
export const pastTrack = (
  moment$: Observable<Moment>,
  { device, minutes, by }: PastTrackOptions,
  ask: Ask = getJson,
): Observable<{ readonly fixes: readonly Sighting[]; readonly trouble?: string }> =>
  defer(() => {
    const reach = minutes * 60e6;
    let held: Held | undefined;
    const within = ({ fixes }: Held, at: Instant) => ({ fixes: fixes.filter((fix) => fix[by] >= at - reach && fix[by] <= at) });
    return moment$.pipe(
      map(({ at }) => at),
      filter((at) => at !== 'live'),
      throttleTime(EVERY, undefined, { leading: true, trailing: true }),
      oneAtATime((at) => {
        if (held !== undefined && held.from <= at - reach && at <= held.to) return of(within(held, at));
        const [from, to] = [at - reach, at + reach * AHEAD];
        return trackOf(device, { from, to, by }, ask).pipe(
          map((fixes) => within((held = { from, to, fixes }), at)),
          catchError((error: unknown) => of({ fixes: [], trouble: (error as Error).message })),
        );
      }),
    );
  });
