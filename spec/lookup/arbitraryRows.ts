import fc from 'fast-check';
import { binsOf } from '../../src/domain/binsOf.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { CHANGE, VERDICTS } from '../../src/domain/latest.js';
import type { AddedRows } from '../../src/lookup/AddedRows.js';
import { CLOCKS } from '../../src/lookup/countFormat.js';
import { HeldPages } from '../../src/lookup/Pages.js';
import { Segment, type Entry, type Run } from '../../src/lookup/Segment.js';
import { SegmentBuilder } from '../../src/lookup/SegmentBuilder.js';

/** A row as an index sees it. */
export interface IndexedRow extends Entry {
  readonly device: string;
  /** By its place in `VERDICTS`. Default: a change. */
  readonly verdict?: number;
}

/** A few moments, so that there are ties, or many. */
const moments = fc.constantFrom(3, 30, 100_000);

/**
 * Rows in the order of a file, with gaps between some: of few devices or of more than one page of them, of
 * moments with many ties, and in the order of both clocks, of one, or of none.
 */
export const arbitraryRows: fc.Arbitrary<readonly IndexedRow[]> = fc
  .record({
    count: fc.oneof(fc.nat(12), fc.nat(600)),
    devices: fc.constantFrom(1, 3, 200),
    moments,
    order: fc.constantFrom('both', 'arrival', 'none'),
  })
  .chain(({ count, devices, moments, order }) => {
    const row = fc.record({
      device: fc.nat(devices - 1),
      event: fc.nat(moments),
      arrival: fc.nat(moments),
      gap: fc.constantFrom(0, 0, 1, 7),
      bytes: fc.integer({ min: 1, max: 90 }),
      verdict: fc.nat(3),
    });
    return fc.array(row, { minLength: count, maxLength: count }).map((rows) => {
      const sorted = (times: readonly number[], really: boolean) => (really ? times.toSorted((a, b) => a - b) : times);
      const events = sorted(
        rows.map(({ event }) => event),
        order === 'both',
      );
      const arrivals = sorted(
        rows.map(({ arrival }) => arrival),
        order !== 'none',
      );
      let to = 0;
      return rows.map(({ device, gap, bytes, verdict }, i) => {
        const start = to + gap;
        to = start + bytes;
        return { device: `device ${device}`, event: events[i]!, arrival: arrivals[i]!, start, bytes, verdict };
      });
    });
  });

/** Cuts rows into stretches, none of them empty. */
export const inStretches = (rows: readonly IndexedRow[], lengths: readonly number[]): readonly (readonly IndexedRow[])[] => {
  const ends = [...lengths.map((length) => 1 + (length % Math.max(1, rows.length))), rows.length].sort((a, b) => a - b);
  return ends.map((end, i) => rows.slice(ends[i - 1] ?? 0, end)).filter((stretch) => stretch.length > 0);
};

/** The rows as a segment that follows the byte `from`; or those from one on. */
export function bytesOf(rows: readonly IndexedRow[], crc = 0, from = 0, fromRow = 0): Buffer {
  const builder = new SegmentBuilder();
  builder.begin(from);
  addTo(builder, rows, new DeviceIds());
  return builder.build(crc, fromRow);
}

/** Adds rows one by one. */
export function addTo(builder: SegmentBuilder, rows: readonly IndexedRow[], devices: DeviceIds): void {
  for (const row of rows) builder.addRow(devices.numberOfText(row.device), devices, row, row.verdict ?? CHANGE);
}

/** Rows that stand one behind the other, as columns that have room for more. */
export function columnsOf(rows: readonly IndexedRow[], devices: DeviceIds): AddedRows {
  const [size, at] = [rows.length + 3, rows[0]?.start ?? 0];
  const columns = {
    arrival: new Float64Array(size).fill(-1),
    event: new Float64Array(size).fill(-2),
    device: new Uint32Array(size).fill(2 ** 31),
    verdict: new Uint8Array(size).fill(9),
    ends: new Uint32Array(size),
  };
  for (const [i, { device, event, arrival, verdict = CHANGE, start, bytes }] of rows.entries()) {
    columns.device[i] = devices.numberOfText(device);
    columns.event[i] = event;
    columns.arrival[i] = arrival;
    columns.verdict[i] = verdict;
    columns.ends[i] = start + bytes - at;
  }
  return { ...columns, count: rows.length, devices };
}

export const segmentOf = (...given: Parameters<typeof bytesOf>): Segment => new Segment(new HeldPages(bytesOf(...given)), 0);

export const entriesOf = (segment: Segment, { first, end }: Run): readonly Entry[] =>
  Array.from({ length: end - first }, (_, i) => segment.entry(first + i));

/** How many rows of each kind a segment has in up to so many bins, by each clock. */
export const countsIn = (segment: Segment, most: number) =>
  CLOCKS.map((by) => {
    const { minEvent, maxEvent, minArrival, maxArrival } = segment;
    const bins = binsOf(by === 'event' ? { from: minEvent, to: maxEvent } : { from: minArrival, to: maxArrival }, most);
    const counts = VERDICTS.map(() => new Float64Array(bins.count));
    segment.addCounts(by, bins, counts);
    return counts.map((kind) => Array.from(kind));
  });

/** All that a segment says. */
export const toldBy = (segment: Segment) => {
  const { from, to, rows, crc, minEvent, maxEvent, minArrival, maxArrival, length } = segment;
  return {
    from,
    to,
    rows,
    crc,
    minEvent,
    maxEvent,
    minArrival,
    maxArrival,
    length,
    counts: [2, 2000].map((most) => countsIn(segment, most)),
    devices: [...segment.newDevices()].flat().sort(),
    runs: Array.from(segment.runs(), (run) => ({ ...run, entries: entriesOf(segment, run) })),
  };
};
export type ToldBy = ReturnType<typeof toldBy>;
