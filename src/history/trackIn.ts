import type { Instant } from '../domain/instant.js';
import { partitionPoint } from '../lookup/partitionPoint.js';
import type { Entry, Run, Segment } from '../lookup/Segment.js';

/** The two clocks: when a fix was taken, and when it arrived. */
export type Clock = 'event' | 'arrival';

/** A stretch of time by one of the clocks, its ends included. */
export interface Span {
  readonly by: Clock;
  readonly from: Instant;
  readonly to: Instant;
  /** Only what had arrived then. */
  readonly knownAt: Instant;
}

/** Orders entries by a clock, those of one moment by the other, and then as they stand in the file. */
export function inOrder(by: Clock): (a: Entry, b: Entry) => number {
  const other = by === 'event' ? 'arrival' : 'event';
  return (a, b) => a[by] - b[by] || a[other] - b[other] || a.start - b.start;
}

/** The entries of a run within a span, in order. Holds none, or those within, if the run is in another order. */
export function* trackIn(segment: Segment, run: Run, { by, from, to, knownAt }: Span): Generator<Entry, void, undefined> {
  if (by === 'arrival' && !run.monotone) {
    const entries = Array.from({ length: run.end - run.first }, (_, i) => segment.entry(run.first + i));
    yield* entries.filter(({ arrival }) => arrival >= from && arrival <= Math.min(to, knownAt)).sort(inOrder(by));
    return;
  }
  for (let place = partitionPoint(run.first, run.end, (i) => segment.time(by, i) < from); place < run.end; place++) {
    const entry = segment.entry(place);
    if (entry[by] > to) return;
    if (entry.arrival <= knownAt) yield entry;
  }
}
