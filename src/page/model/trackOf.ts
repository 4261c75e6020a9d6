import { EMPTY, expand, map, reduce, take, type Observable } from 'rxjs';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { getJson } from '../api/getJson.js';
import type { Clock, ServedFix } from '../api/served.js';
import { sighting, type Sighting } from './Sighting.js';

const PAGES = 10;

interface TrackPage {
  readonly fixes: readonly ServedFix[];
  readonly next: string | null;
}

/** The fixes of a device between two moments, in the order of their event times: the first pages of it, if it is long. */
export const trackOf = (device: string, from: Instant, to: Instant, by: Clock): Observable<readonly Sighting[]> => {
  const page = (after?: string) =>
    getJson<TrackPage>(`/api/devices/${encodeURIComponent(device)}/track`, { from: formatInstant(from), to: formatInstant(to), by, after });
  return page().pipe(
    expand(({ next }) => (next === null ? EMPTY : page(next))),
    take(PAGES),
    reduce<TrackPage, Sighting[]>((all, { fixes }) => [...all, ...fixes.map(sighting)], []),
    map((all) => all.sort((a, b) => a.event - b.event)),
  );
};
