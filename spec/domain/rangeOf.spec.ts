import { expect } from 'chai';
import fc from 'fast-check';
import { rangeOf } from '../../src/domain/rangeOf.js';

describe('rangeOf', () => {
  it('should find the least and the greatest of any numbers, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 3000, size: 'max' }), (numbers) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        expect(rangeOf(Float64Array.from(numbers))).to.deep.equal({ min: sorted[0], max: sorted.at(-1) });
      }),
    );
  });

  it('should find none of none', () => {
    expect(rangeOf(new Float64Array(0))).to.deep.equal({ min: Infinity, max: -Infinity });
  });
});
