import type { Bounds } from '../domain/boundsOf.js';
import type { Instant } from '../domain/instant.js';
import { partitionPoint } from './partitionPoint.js';
import type { Entry, Run, Segment } from './Segment.js';

/**
 * The newest entry of a run within bounds, if there is one not older than an event time: the newest by event
 * time, and of several that are equally new the one that arrived first, which the others did not replace.
 *
 * Halves the run; where the order of its arrivals is another than that of its events, it also passes by those
 * of the last events that arrived too late.
 */
export function newestIn(segment: Segment, run: Run, { event, arrival }: Bounds, oldest: Instant = -Infinity): Entry | undefined {
  if (run.minEvent > event || run.minArrival > arrival || run.maxEvent < oldest) return undefined;
  const isBefore = (place: number) => segment.time('event', place) <= event && (!run.monotone || segment.time('arrival', place) <= arrival);
  const share = Math.min(
    shareOf(event, run.minEvent, run.maxEvent),
    run.monotone ? shareOf(arrival, run.minArrival, segment.maxArrival) : 1,
  );
  const guess = run.first + share * (run.end - run.first);
  let newest: number | undefined;
  let min = oldest;
  for (
    let place = partitionPoint(run.first, run.end, isBefore, guess) - 1;
    place >= run.first && segment.time('event', place) >= min;
    place--
  ) {
    if (segment.time('arrival', place) > arrival) continue;
    newest = place;
    min = segment.time('event', place);
  }
  return newest === undefined ? undefined : segment.entry(newest);
}

/** How much of a stretch of time is over at a moment within it, or behind it: near that much of its fixes. */
function shareOf(moment: Instant, first: Instant, last: Instant): number {
  return moment < last ? (moment - first) / (last - first) : 1;
}
