import { expect } from 'chai';
import fc from 'fast-check';
import { inOrder, trackIn } from '../../src/history/trackIn.js';
import { hashOf } from '../../src/lookup/hashOf.js';
import type { Entry } from '../../src/lookup/Segment.js';
import { arbitraryRows, inStretches, segmentOf, type IndexedRow } from '../lookup/arbitraryRows.js';

const entry = ({ event, arrival, start, bytes }: IndexedRow): Entry => ({ event, arrival, start, bytes });
const everything = { by: 'event', from: -Infinity, to: Infinity, knownAt: Infinity } as const;

describe('inOrder', () => {
  it('should order by its clock, then by the other, then as they stand in the file', () => {
    const [a, b, c] = [
      { event: 1, arrival: 9, start: 5, bytes: 1 },
      { event: 2, arrival: 3, start: 7, bytes: 1 },
      { event: 2, arrival: 3, start: 6, bytes: 1 },
    ];
    expect([a, b, c].toSorted(inOrder('event'))).to.deep.equal([a, c, b]);
    expect([a, b, c].toSorted(inOrder('arrival'))).to.deep.equal([c, b, a]);
    const [d, e] = [{ ...a, event: 0 }, { ...a, arrival: 8 }];
    expect([a, d].toSorted(inOrder('arrival'))).to.deep.equal([d, a]);
    expect([a, e].toSorted(inOrder('event'))).to.deep.equal([e, a]);
  });
});

describe('trackIn', () => {
  it('should give of any rows those within any span, in the order of its clock', () => {
    const bound = fc.oneof(fc.constantFrom(Infinity, -Infinity), fc.tuple(fc.nat(), fc.integer({ min: -1, max: 1 })));
    const question = fc.tuple(fc.constantFrom('event', 'arrival'), bound, bound, bound);
    fc.assert(
      fc.property(
        arbitraryRows,
        fc.array(fc.nat(600), { maxLength: 2 }),
        fc.array(question, { minLength: 5, maxLength: 10 }),
        (rows, lengths, questions) => {
          fc.pre(rows.length > 0);
          for (const stretch of inStretches(rows, lengths)) {
            const segment = segmentOf(stretch, 0, stretch[0]!.start);
            for (const { device } of stretch.slice(0, 3)) {
              const own = stretch.filter((row) => row.device === device);
              const at = (clock: 'event' | 'arrival', place: number | readonly [number, number]) =>
                typeof place === 'number' ? place : own[place[0] % own.length]![clock] + place[1];
              for (const [by, first, last, known] of questions) {
                const span = { by, from: at(by, first), to: at(by, last), knownAt: at('arrival', known) };
                const within = own.filter((row) => row[by] >= span.from && row[by] <= span.to && row.arrival <= span.knownAt);
                expect([...trackIn(segment, segment.find(hashOf(device))!, span)].filter((found) => found !== undefined)).to.deep.equal(
                  within.map(entry).sort(inOrder(by)),
                );
              }
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('should read no further than it is asked', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ device: 'a', event: i, arrival: i, start: i, bytes: 1 }));
    const segment = segmentOf(rows);
    let looked = 0;
    const counting = new Proxy(segment, {
      get: (own, name: 'entry' | 'time') => (...place: [never, never]) => {
        looked++;
        return own[name](...place);
      },
    });
    expect(trackIn(counting, segment.find(hashOf('a'))!, { ...everything, from: 500 }).next().value).to.deep.equal(entry(rows[500]!));
    expect(looked).to.be.at.most(12);
  });
});
