import { expect } from 'chai';
import fc from 'fast-check';
import { ArrivalCounts } from '../../src/check/ArrivalCounts.js';

const SECOND = 1e6;
const counted = (arrivals: readonly number[]) => {
  const counts = new ArrivalCounts();
  for (const arrival of arrivals) counts.add(arrival);
  return counts.columns;
};

describe('ArrivalCounts', () => {
  it('should have no columns before the first arrival', () => {
    expect(counted([])).to.equal(undefined);
  });

  it('should count the only arrival in the narrowest column', () => {
    expect(counted([5_500])).to.deep.equal({ from: 5_000, width: 1_000, counts: [1] });
  });

  it('should widen its columns to round times as the span grows, and lose none', () => {
    const hours = 2 * 3600;
    const columns = counted(Array.from({ length: hours }, (_, i) => (1_634_992_203 + i) * SECOND))!;
    expect(columns.width).to.equal(120 * SECOND);
    expect(columns.from % columns.width).to.equal(0);
    expect(columns.counts).to.have.length(61);
    expect(columns.counts.slice(1, -1)).to.deep.equal(new Array(59).fill(120));
  });

  it('should put every arrival into its column, in any order, over any span, in 72 columns at most', () => {
    const span = fc.constantFrom(1, 80, 1e3, 1e6, 1e9, 1e12, 2 ** 53 - 1);
    fc.assert(
      fc.property(
        span.chain((most) => fc.array(fc.integer({ min: -most, max: most }), { minLength: 1, maxLength: 200, size: 'max' })),
        (arrivals) => {
          const { from, width, counts } = counted(arrivals)!;
          expect(counts.length).to.be.within(1, 72);
          const expected = counts.map(
            (_, i) => arrivals.filter((arrival) => arrival >= from + i * width && arrival < from + (i + 1) * width).length,
          );
          expect(counts).to.deep.equal(expected);
          expect(counts.reduce((a, b) => a + b)).to.equal(arrivals.length);
          expect([counts[0], counts.at(-1)]).not.to.include(0);
        },
      ),
    );
  });
});
