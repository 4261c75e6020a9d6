import { expect } from 'chai';
import fc from 'fast-check';
import { finish } from '../../src/domain/finish.js';
import { sortedInSteps } from '../../src/domain/sortedInSteps.js';

describe('sortedInSteps', () => {
  it('should sort as toSorted does, and leave the items as they are', () => {
    const items = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat()), { maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(items, (items) => {
        const before = [...items];
        const compare = ([a]: readonly [number, number], [b]: readonly [number, number]) => a - b;
        expect(finish(sortedInSteps(items, compare))).to.deep.equal(items.toSorted(compare));
        expect(items).to.deep.equal(before);
      }),
      { numRuns: 30 },
    );
  });

  it('should compare some thousands at most in a step', () => {
    let compared = 0;
    const steps = sortedInSteps(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 50_000), (a, b) => (compared++, a - b));
    for (let step = steps.next(); !step.done; step = steps.next()) {
      expect(compared).to.be.lessThan(10_000);
      compared = 0;
    }
    expect(compared).to.be.lessThan(10_000);
  });
});
