import { binsOf } from '../domain/binsOf.js';
import type { Steps } from '../domain/finish.js';
import type { Histogram, HistogramSpan } from '../domain/Histogram.js';
import { VERDICTS } from '../domain/latest.js';
import { spanWithin } from '../domain/spanWithin.js';
import type { Segment } from '../lookup/Segment.js';
import { firstOf, lastOf } from './firstOf.js';

/** How many fixes of each kind there are in each bin of a span, a segment in a step. @param most how many bins, at most */
export function* histogramIn(
  segments: readonly Segment[],
  { by, from, to }: HistogramSpan,
  most: number,
): Steps<Omit<Histogram, 'cursor'>> {
  const first = firstOf(segments.map(({ minEvent, minArrival }) => (by === 'event' ? minEvent : minArrival)));
  const last = lastOf(segments.map(({ maxEvent, maxArrival }) => (by === 'event' ? maxEvent : maxArrival)));
  const bins = binsOf(spanWithin({ from, to }, first, last), most);
  const counts = VERDICTS.map(() => new Float64Array(bins.count));
  for (const segment of segments) {
    segment.addCounts(by, bins, counts);
    yield;
  }
  const [changes, late, duplicates, conflicts] = counts.map((kind) => Array.from(kind)) as [number[], number[], number[], number[]];
  return { by, from: bins.from, step: bins.step, changes, late, duplicates, conflicts };
}
