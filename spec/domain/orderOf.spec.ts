import { expect } from 'chai';
import fc from 'fast-check';
import { orderOf } from '../../src/domain/orderOf.js';

describe('orderOf', () => {
  it('should order any whole numbers, equal ones by their places', () => {
    const ends = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER].flatMap((end) => [0, 1, 2, 3].map((inward) => end - Math.sign(end) * inward));
    const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger(), fc.constantFrom(...ends));
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const places = numbers.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
        expect([...orderOf(Float64Array.from(numbers))]).to.deep.equal(places);
      }),
      { numRuns: 500 },
    );
  });
});
