import { EMPTY, expand, map, reduce, take, type Observable } from 'rxjs';
import { Copies } from '../../domain/Copies.js';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { getJson, type Ask } from '../api/getJson.js';
import type { Clock, ServedFix } from '../api/served.js';
import { sighting, type Sighting } from './Sighting.js';

const PAGE = 2000; // fixes
const PAGES = 25;

interface TrackPage {
  readonly fixes: readonly ServedFix[];
  readonly next: string | null;
}

/** Which part of a track: from a moment on, up to one if it is given, by one of the clocks. */
export interface Stretch {
  readonly from: Instant;
  readonly to?: Instant;
  readonly by: Clock;
}

/**
 * The fixes of a device in a stretch of time, in the order of their event times, each once however often it was sent: the
 * first 50,000 of them.
 */
export const trackOf = (device: string, { from, to, by }: Stretch, ask: Ask = getJson): Observable<readonly Sighting[]> => {
  const page = (after?: string) =>
    ask<TrackPage>(`/api/devices/${encodeURIComponent(device)}/track`, {
      from: formatInstant(from),
      to: to === undefined ? undefined : formatInstant(to),
      by,
      copies: '1', // they are counted here, where a part of the track may be shown
      limit: PAGE,
      after,
    });
  return page().pipe(
    expand(({ next }) => (next === null ? EMPTY : page(next))),
    take(PAGES),
    reduce<TrackPage, Sighting[]>((all, { fixes }) => [...all, ...fixes.map(sighting)], []),
    map((all) => once(all.sort((a, b) => a.event - b.event))),
  );
};

/** What was sent again is counted with what it is a copy of, or with another of that moment. */
function once(all: readonly Sighting[]): readonly Sighting[] {
  const copies = new Copies();
  const kept: Sighting[] = [];
  for (const fix of all) {
    const last = kept.at(-1);
    const isCopy = copies.isCopy(fix);
    if (isCopy && last) kept[kept.length - 1] = { ...last, copies: (last.copies ?? 0) + 1 };
    else kept.push(fix);
  }
  return kept;
}
