import type { Bounds } from '../domain/boundsOf.js';
import type { Instant } from '../domain/instant.js';
import type { Segment } from '../lookup/Segment.js';
import type { Placed } from './Placed.js';

/** A segment, in which of the files it is, and what holds of all those of that file that come before it, or after it, in a search. */
export interface Searched {
  readonly file: number;
  readonly segment: Segment;
  /** The earliest times in it and in all before it. */
  readonly minEvent: Instant;
  readonly minArrival: Instant;
  /** The greatest event time in it and in all after it. */
  readonly maxEvent: Instant;
}

/** What is searched of a file: its segments, the last first. */
export function searched(segments: readonly Segment[], file: number): readonly Searched[] {
  const maxEvents = segments.map(({ maxEvent }) => maxEvent);
  for (let i = maxEvents.length - 2; i >= 0; i--) maxEvents[i] = Math.max(maxEvents[i]!, maxEvents[i + 1]!);
  let [minEvent, minArrival] = [Infinity, Infinity];
  return segments.map((segment, i) => {
    minEvent = Math.min(minEvent, segment.minEvent);
    minArrival = Math.min(minArrival, segment.minArrival);
    return { file, segment, minEvent, minArrival, maxEvent: maxEvents[i]! };
  });
}

/** Whether nothing in a segment, or several, can be within bounds and as new as the best. */
export function isBeyond(
  { minEvent, minArrival, maxEvent }: Omit<Searched, 'file' | 'segment'>,
  { event, arrival }: Bounds,
  best?: Placed,
): boolean {
  return minEvent > event || minArrival > arrival || (best !== undefined && maxEvent < best.event);
}
