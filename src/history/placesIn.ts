import type { Clock } from '../domain/Clock.js';
import type { Instant } from '../domain/instant.js';
import { merge, type Ordered } from '../domain/merge.js';
import type { Span } from '../domain/Past.js';
import type { Run, Segment } from '../lookup/Segment.js';
import { inPlacedOrder, placed, type Placed } from './Placed.js';
import { trackIn } from './trackIn.js';

/** A segment, and in which of the files it is. */
export interface FiledSegment {
  readonly file: number;
  readonly segment: Segment;
}

/**
 * The places of all fixes within a span, of whatever device, in the order of its clock, and steps between them. A segment is
 * looked at when one of its fixes may be next. Holds a place for each device of those; by arrival, of devices whose fixes
 * arrived in another order than they were taken in, those of a segment within the span.
 */
export function* placesIn(segments: readonly FiledSegment[], span: Span): Generator<Placed | undefined, void, undefined> {
  const { by, from, to, knownAt } = span;
  const compare = inPlacedOrder(by);
  const isWithin = ({ segment }: FiledSegment) => {
    const [min, max] = by === 'event' ? [segment.minEvent, segment.maxEvent] : [segment.minArrival, segment.maxArrival];
    return min <= to && max >= from && segment.minArrival <= knownAt;
  };
  const sources = segments.filter(isWithin).map((filed): Ordered<Placed> => ({
    min: minOf(filed.segment, by),
    items: () => merge(runsOf(filed, span), (found) => found[by], compare),
  }));
  yield* merge(sources, (found) => found[by], compare);
}

/** The devices of a segment that may have fixes within a span, with those. */
function runsOf({ file, segment }: FiledSegment, span: Span): readonly Ordered<Placed>[] {
  const { by, from, to, knownAt } = span;
  const isWithin = (run: Run) => minOf(run, by) <= to && run.minArrival <= knownAt && (by === 'arrival' || run.maxEvent >= from);
  return [...segment.runs()].filter(isWithin).map((run) => ({
    min: minOf(run, by),
    items: function* () {
      for (const entry of trackIn(segment, run, span)) yield entry && placed(file, entry);
    },
  }));
}

function minOf({ minEvent, minArrival }: { readonly minEvent: Instant; readonly minArrival: Instant }, by: Clock): Instant {
  return by === 'event' ? minEvent : minArrival;
}
