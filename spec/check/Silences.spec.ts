import { expect } from 'chai';
import fc from 'fast-check';
import { Silences } from '../../src/check/Silences.js';

const longest = (arrivals: readonly number[]) => {
  const silences = new Silences();
  for (const arrival of arrivals) silences.add(arrival);
  return silences.longest;
};

describe('Silences', () => {
  it('should find none in a stream of one, or of one moment', () => {
    expect(longest([])).to.deep.equal([]);
    expect(longest([7])).to.deep.equal([]);
    expect(longest([7, 7, 7])).to.deep.equal([]);
  });

  it('should keep the earlier of two that are equally long', () => {
    expect(longest([0, 2, 3, 5])).to.deep.equal([{ from: 0, to: 2 }, { from: 3, to: 5 }, { from: 2, to: 3 }]);
  });

  it('should keep the five longest of any stream, the longest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 60, size: 'max' }), (arrivals) => {
        const all = arrivals
          .slice(1)
          .map((to, i) => ({ from: Math.max(...arrivals.slice(0, i + 1)), to }))
          .filter(({ from, to }) => to > from);
        const sorted = all.sort((a, b) => b.to - b.from - (a.to - a.from)); // which keeps the order of equal ones
        expect(longest(arrivals)).to.deep.equal(sorted.slice(0, 5));
      }),
    );
  });
});
