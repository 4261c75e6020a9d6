import type { Clock } from '../domain/Clock.js';
import type { Steps } from '../domain/finish.js';
import type { Span } from '../domain/Past.js';
import { sortedInSteps } from '../domain/sortedInSteps.js';
import { spanWithin } from '../domain/spanWithin.js';
import { partitionPoint } from '../lookup/partitionPoint.js';
import type { Run, Segment } from '../lookup/Segment.js';
import { edgeOf } from './edgeOf.js';
import { inPlacedOrder, placed, type Placed } from './Placed.js';

/** A segment, and in which of the files it is. */
export interface FiledSegment {
  readonly file: number;
  readonly segment: Segment;
}

/** Entries that are looked at in a step. */
const STEP_ENTRIES = 256;

/**
 * The places of all fixes within a span, of whatever device, in the order of its clock: some at a time, as many as are wanted
 * where there are so many, and steps between them. Holds those, and those of a second more.
 */
export function* placesIn(
  segments: readonly FiledSegment[],
  span: Span,
  wanted: number,
): Generator<readonly Placed[] | undefined, void, undefined> {
  const all = segments.map(({ segment }) => segment);
  const [first, last] = [all.map((segment) => endsOf(segment, span.by)[0]), all.map((segment) => endsOf(segment, span.by)[1])];
  if (all.length === 0) return;
  const { from, to } = spanWithin(span, Math.min(...first), Math.max(...last));
  for (let start = from, end; start <= to; start = end + 1) {
    end = yield* edgeOf(all, { by: span.by, from: start, to }, wanted);
    yield yield* placesWithin(segments, { ...span, from: start, to: end });
  }
}

/** Those of a span, all at once. */
function* placesWithin(segments: readonly FiledSegment[], span: Span): Steps<readonly Placed[]> {
  const { by, from, to, knownAt } = span;
  const places: Placed[] = [];
  for (const { file, segment } of segments) {
    const [min, max] = endsOf(segment, by);
    if (min > to || max < from || segment.minArrival > knownAt) continue;
    for (const run of segment.runs()) {
      yield;
      if ((by === 'event' ? run.minEvent : run.minArrival) > to || (by === 'event' && run.maxEvent < from)) continue;
      const isOrdered = by === 'event' || run.monotone;
      for (let place = isOrdered ? firstFrom(segment, run, by, from) : run.first; place < run.end; place++) {
        if (place % STEP_ENTRIES === 0) yield;
        const time = segment.time(by, place);
        if (time > to && isOrdered) break;
        if (time < from || time > to || segment.time('arrival', place) > knownAt) continue;
        places.push(placed(file, segment.entry(place)));
      }
    }
  }
  return yield* sortedInSteps(places, inPlacedOrder(by));
}

function firstFrom(segment: Segment, run: Run, by: Clock, from: number): number {
  return partitionPoint(run.first, run.end, (place) => segment.time(by, place) < from);
}

function endsOf({ minEvent, maxEvent, minArrival, maxArrival }: Segment, by: Clock): readonly [min: number, max: number] {
  return by === 'event' ? [minEvent, maxEvent] : [minArrival, maxArrival];
}
