import { expect } from 'chai';
import fc from 'fast-check';
import { sortTogether, spareFor } from '../../src/domain/sortTogether.js';

describe('sortTogether', () => {
  it('should sort any whole numbers, equal ones by their places, and move along what belongs to them', () => {
    const { MAX_SAFE_INTEGER: max, MIN_SAFE_INTEGER: min } = Number;
    const edge = fc.constantFrom(min, min + 1, min + 2, -2049, -2048, -2047, -1, 0, -0, 1, 2047, 2048, max - 2, max - 1, max);
    const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer(), fc.maxSafeInteger(), edge);
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const order = numbers.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
        const { keys, places } = sortTogether(Float64Array.from(numbers), Uint32Array.from(numbers, (_, i) => i * 3));
        expect([...places]).to.deep.equal(order.map((i) => i * 3));
        expect([...keys]).to.deep.equal(order.map((i) => numbers[i]!));
      }),
      { numRuns: 500 },
    );
  });

  it('should use the room that it is given, and return that or what it was given', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 50 }), (numbers) => {
        const [keys, places, spare] = [Float64Array.from(numbers), Uint32Array.from(numbers, (_, i) => i), spareFor(numbers.length)];
        const sorted = sortTogether(keys, places, spare);
        expect([...sorted.keys]).to.deep.equal(numbers.toSorted((a, b) => a - b));
        expect(sorted === spare || (sorted.keys === keys && sorted.places === places)).to.equal(true);
      }),
      { numRuns: 100 },
    );
  });
});
