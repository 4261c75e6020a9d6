import { HASH_WORDS } from './DeviceRanks.js';
import type { SortedRows } from './RowSorter.js';
import { RUN, runOffset, type SegmentViews } from './segmentFormat.js';

/** Writes the runs of a segment, of devices whose hashes stand by their numbers. */
export function writeRuns({ doubles, u32s }: SegmentViews, { event, arrival, devices, ends }: SortedRows, hashes: Uint32Array): void {
  for (let run = 0, first = 0; run < devices.length; run++) {
    const end = ends[run]!;
    const at = runOffset(run);
    const monotone = isAscending(arrival, first, end);
    copyHash(hashes, devices[run]!, u32s, at >>> 2);
    doubles[(at >>> 3) + RUN.minEvent] = event[first]!;
    doubles[(at >>> 3) + RUN.maxEvent] = event[end - 1]!;
    doubles[(at >>> 3) + RUN.minArrival] = monotone ? arrival[first]! : minOf(arrival, first, end);
    u32s[(at >>> 2) + RUN.U32.first] = first;
    u32s[(at >>> 2) + RUN.U32.count] = end - first;
    u32s[(at >>> 2) + RUN.U32.monotone] = Number(monotone);
    first = end;
  }
}

function copyHash(hashes: Uint32Array, device: number, u32s: Uint32Array, at: number): void {
  for (let i = 0; i < HASH_WORDS; i++) u32s[at + i] = hashes[device * HASH_WORDS + i]!;
}

function isAscending(times: Float64Array, first: number, end: number): boolean {
  for (let i = first + 1; i < end; i++) if (times[i]! < times[i - 1]!) return false;
  return true;
}

function minOf(times: Float64Array, first: number, end: number): number {
  let min = Infinity;
  for (let i = first; i < end; i++) min = Math.min(min, times[i]!);
  return min;
}
