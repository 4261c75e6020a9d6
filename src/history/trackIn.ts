import type { Steps } from '../domain/finish.js';
import type { Clock, Span } from '../domain/Past.js';
import { sortedInSteps } from '../domain/sortedInSteps.js';
import { partitionPoint } from '../lookup/partitionPoint.js';
import type { Entry, Run, Segment } from '../lookup/Segment.js';

/** Entries that are looked at in a step. */
const STEP_ENTRIES = 256;

/** Orders entries by a clock, those of one moment by the other, and then as they stand in the file. */
export function inOrder(by: Clock): (a: Entry, b: Entry) => number {
  const other = by === 'event' ? 'arrival' : 'event';
  return (a, b) => a[by] - b[by] || a[other] - b[other] || a.start - b.start;
}

/** The entries of a run within a span, in order, and steps between them. Holds none, or those within, if the run is in another order. */
export function* trackIn(segment: Segment, run: Run, span: Span): Generator<Entry | undefined, void, undefined> {
  if (span.by === 'arrival' && !run.monotone) {
    yield* yield* sorted(segment, run, span);
    return;
  }
  const { by, from, to, knownAt } = span;
  for (let place = partitionPoint(run.first, run.end, (i) => segment.time(by, i) < from); place < run.end; place++) {
    const entry = segment.entry(place);
    if (entry[by] > to) return;
    if (entry.arrival <= knownAt) yield entry;
    else if (place % STEP_ENTRIES === 0) yield;
  }
}

/** Those of a run by their arrival, in which it is not. */
function* sorted(segment: Segment, run: Run, { from, to, knownAt }: Span): Steps<readonly Entry[]> {
  const last = Math.min(to, knownAt);
  const entries: Entry[] = [];
  for (let place = run.first; place < run.end; place++) {
    const arrival = segment.time('arrival', place);
    if (arrival >= from && arrival <= last) entries.push(segment.entry(place));
    if (place % STEP_ENTRIES === 0) yield;
  }
  return yield* sortedInSteps(entries, inOrder('arrival'));
}
