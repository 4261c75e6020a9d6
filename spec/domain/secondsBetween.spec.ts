import { expect } from 'chai';
import fc from 'fast-check';
import { secondsBetween } from '../../src/domain/secondsBetween.js';

const instant = fc.integer({ min: -4e15, max: 4e15 });

describe('secondsBetween', () => {
  it('should count from second to second, whatever is within them', () => {
    expect(secondsBetween(1_999_999, 3_000_000)).to.equal(2);
    expect(secondsBetween(1_000_000, 3_999_999)).to.equal(2);
    expect(secondsBetween(-1, 0)).to.equal(1);
  });

  it('should shift any moment into the second of any other, and leave what is within the second', () => {
    fc.assert(
      fc.property(instant, instant, (from, to) => {
        const shifted = from + secondsBetween(from, to) * 1e6;
        expect(Math.floor(shifted / 1e6)).to.equal(Math.floor(to / 1e6));
        expect((((shifted - from) % 1e6) + 1e6) % 1e6).to.equal(0);
      }),
    );
  });
});
