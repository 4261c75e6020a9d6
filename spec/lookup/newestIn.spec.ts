import { expect } from 'chai';
import fc from 'fast-check';
import { hashOf } from '../../src/lookup/hashOf.js';
import type { Bounds } from '../../src/domain/boundsOf.js';
import { newestIn } from '../../src/lookup/newestIn.js';
import type { Entry } from '../../src/lookup/Segment.js';
import { FULL } from '../../src/lookup/SegmentBuilder.js';
import { arbitraryRows, inStretches, segmentOf, type IndexedRow } from './arbitraryRows.js';

const entry = ({ event, arrival, start, bytes }: IndexedRow): Entry => ({ event, arrival, start, bytes });

/** What one row after the other leaves, in the order of the stream. */
function newestOf(rows: readonly IndexedRow[], bounds: Bounds, oldest: number): Entry | undefined {
  let newest: IndexedRow | undefined;
  for (const row of rows.toSorted((a, b) => a.arrival - b.arrival || a.start - b.start)) {
    if (row.event > bounds.event || row.arrival > bounds.arrival || row.event < oldest) continue;
    if (newest === undefined || row.event > newest.event) newest = row;
  }
  return newest && entry(newest);
}

describe('newestIn', () => {
  /** Near one of the times that there are, or no bound at all. */
  const bound = fc.oneof(fc.constantFrom(Infinity, -Infinity), fc.tuple(fc.nat(), fc.integer({ min: -1, max: 1 })));
  const at = (times: readonly number[], place: number | readonly [number, number]) =>
    typeof place === 'number' ? place : times[place[0] % times.length]! + place[1];

  it('should find of any rows, in any bounds, the one that the stream leaves', () => {
    const question = fc.tuple(bound, bound, bound);
    fc.assert(
      fc.property(
        arbitraryRows,
        fc.array(fc.nat(600), { maxLength: 2 }),
        fc.array(question, { minLength: 10, maxLength: 20 }),
        (rows, lengths, questions) => {
          fc.pre(rows.length > 0);
          for (const stretch of inStretches(rows, lengths)) {
            const segment = segmentOf(stretch, 0, stretch[0]!.start);
            for (const { device } of stretch.slice(0, 3)) {
              const own = stretch.filter((row) => row.device === device);
              const [events, arrivals] = [own.map(({ event }) => event), own.map(({ arrival }) => arrival)];
              for (const [byEvent, byArrival, oldest] of questions) {
                const bounds = { event: at(events, byEvent), arrival: at(arrivals, byArrival) };
                const least = oldest === Infinity ? -Infinity : at(events, oldest);
                expect(newestIn(segment, segment.find(hashOf(device))!, bounds, least)).to.deep.equal(newestOf(own, bounds, least));
              }
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('should look at few of many rows that are in order', () => {
    const rows = Array.from({ length: FULL }, (_, i) => ({ device: 'a', event: i, arrival: i, start: i, bytes: 1 }));
    const segment = segmentOf(rows);
    const looked = new Set<number>();
    const time: typeof segment.time = (clock, place) => {
      looked.add(place);
      return segment.time(clock, place);
    };
    const counting = { time, entry: (place: number) => segment.entry(place), maxArrival: segment.maxArrival } as unknown as typeof segment;
    for (const [event, arrival] of [[100_000, 70_000], [70_000, 100_000], [70_000, Infinity], [Infinity, 70_000]] as const) {
      looked.clear();
      expect(newestIn(counting, segment.find(hashOf('a'))!, { event, arrival })).to.deep.equal(entry(rows[70_000]!));
      expect(looked.size).to.be.at.most(5);
    }
  });

  it('should look at few of many rows that came in a way that no time tells', () => {
    const event = (i: number) => (i < FULL / 2 ? i : 1e12 + i);
    const segment = segmentOf(
      Array.from({ length: FULL }, (_, i) => ({ device: 'a', event: event(i), arrival: event(i), start: i, bytes: 1 })),
    );
    let looked = 0;
    const time: typeof segment.time = (clock, place) => {
      looked++;
      return segment.time(clock, place);
    };
    const counting = { time, entry: (place: number) => segment.entry(place), maxArrival: segment.maxArrival } as unknown as typeof segment;
    expect(newestIn(counting, segment.find(hashOf('a'))!, { event: 30_000, arrival: Infinity })?.event).to.equal(30_000);
    expect(looked).to.be.at.most(2 * 2 * 17);
  });

  it('should look at no row of a run that has none within', () => {
    const segment = segmentOf([{ device: 'a', event: 10, arrival: 20, start: 0, bytes: 1 }]);
    const run = segment.find(hashOf('a'))!;
    const unread = { time: () => { throw new Error('looked'); } } as unknown as typeof segment;
    expect(newestIn(unread, run, { event: 9, arrival: Infinity })).to.equal(undefined);
    expect(newestIn(unread, run, { event: Infinity, arrival: 19 })).to.equal(undefined);
    expect(newestIn(unread, run, { event: Infinity, arrival: Infinity }, 11)).to.equal(undefined);
  });
});
