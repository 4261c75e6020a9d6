import { expect } from 'chai';
import fc from 'fast-check';
import { partitionPoint } from '../../src/lookup/partitionPoint.js';

describe('partitionPoint', () => {
  it('should find the first place at which it no longer holds, asking about few places, and none outside', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (low, length, first) => {
        const [high, point] = [low + length, low + Math.min(first, length)];
        let asked = 0;
        const before = (place: number) => {
          asked++;
          expect(place).to.be.within(low, high - 1);
          return place < point;
        };
        expect(partitionPoint(low, high, before)).to.equal(point);
        expect(asked).to.be.at.most(Math.ceil(Math.log2(length + 1)));
      }),
    );
  });

  it('should find it from any guess, asking the fewer the better that is', () => {
    const guess = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -1, max: 2e6, noNaN: true }));
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), guess, (low, length, first, guess) => {
        const [high, point] = [low + length, low + Math.min(first, length)];
        let asked = 0;
        const before = (place: number) => {
          asked++;
          expect(place).to.be.within(low, high - 1);
          return place < point;
        };
        expect(partitionPoint(low, high, before, guess)).to.equal(point);
        const away = Math.abs(Math.min(Math.max(guess, low), high) - point);
        expect(asked).to.be.at.most(3 + 2 * Math.ceil(Math.log2(away + 1)));
        expect(asked).to.be.at.most(2 * Math.ceil(Math.log2(length + 1)));
      }),
      { numRuns: 1000 },
    );
  });

  it('should find places beyond 32 bits', () => {
    expect(partitionPoint(0, 2 ** 50, (place) => place < 2 ** 49 + 1)).to.equal(2 ** 49 + 1);
  });
});
