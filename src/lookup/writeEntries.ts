import type { RowColumns } from './RowColumns.js';
import type { SortedRows } from './RowSorter.js';
import { ENTRIES_IN_PAGE, ENTRY, entryOffset, type SegmentViews } from './segmentFormat.js';

/** Writes the entries of a segment whose rows begin at a byte, as of their `start`. */
export function writeEntries(
  views: SegmentViews,
  { start, bytes }: RowColumns,
  { order, event, arrival, devices }: SortedRows,
  from: number,
): void {
  for (let first = 0; first < order.length; first += ENTRIES_IN_PAGE) {
    const [at, end] = [entryOffset(devices.length, first), Math.min(first + ENTRIES_IN_PAGE, order.length)];
    writeTimes(views.doubles, at >>> 3, event, arrival, first, end);
    writePlaces(views.u32s, at >>> 2, order, start, bytes, from, first, end);
  }
}

function writeTimes(doubles: Float64Array, at: number, event: Float64Array, arrival: Float64Array, first: number, end: number): void {
  for (let i = first; i < end; i++, at += ENTRY.width / 8) {
    doubles[at + ENTRY.event] = event[i]!;
    doubles[at + ENTRY.arrival] = arrival[i]!;
  }
}

function writePlaces(
  u32s: Uint32Array,
  at: number,
  order: Uint32Array,
  start: Uint32Array,
  bytes: Uint32Array,
  from: number,
  first: number,
  end: number,
): void {
  for (let i = first; i < end; i++, at += ENTRY.width / 4) {
    const row = order[i]!;
    u32s[at + ENTRY.U32.start] = start[row]! - from;
    u32s[at + ENTRY.U32.bytes] = bytes[row]!;
  }
}
