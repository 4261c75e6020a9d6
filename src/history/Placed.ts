import type { Clock } from '../domain/Clock.js';
import type { Entry } from '../lookup/Segment.js';
import { inOrder } from './trackIn.js';

/** An entry, and in which of the files it is. */
export interface Placed extends Entry {
  readonly file: number;
}

export function placed(file: number, entry: Entry): Placed {
  return { event: entry.event, arrival: entry.arrival, start: entry.start, bytes: entry.bytes, file };
}

/** Orders places by a clock, those of one moment by the other; then changes first, and as they stand in their file. */
export function inPlacedOrder(by: Clock): (a: Placed, b: Placed) => number {
  const compare = inOrder(by);
  return (a, b) => (a.file === b.file ? compare(a, b) : compare({ ...a, start: a.file }, { ...b, start: b.file }));
}
