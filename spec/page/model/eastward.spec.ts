import { expect } from 'chai';
import fc from 'fast-check';
import { eastward } from '../../../src/page/model/eastward.js';

const share = fc.integer({ min: 0, max: 1000 }).map((thousandth) => ({ x: thousandth / 1000 }));

describe('eastward', () => {
  it('should be the distance to the east, negative to the west', () => {
    expect(eastward({ x: 0.25 }, { x: 0.5 })).to.equal(0.25);
    expect(eastward({ x: 0.5 }, { x: 0.25 })).to.equal(-0.25);
    expect(eastward({ x: 0.5 }, { x: 0.5 })).to.equal(0);
  });

  it('should go over the date line where that is shorter', () => {
    expect(eastward({ x: 0.9375 }, { x: 0.0625 })).to.equal(0.125);
    expect(eastward({ x: 0.0625 }, { x: 0.9375 })).to.equal(-0.125);
  });

  it('should lead to the other place, and be half the way around at most', () => {
    fc.assert(
      fc.property(share, share, (from, to) => {
        const way = eastward(from, to);
        expect(Math.abs(way)).to.be.at.most(0.5);
        const missed = from.x + way - to.x;
        expect(missed).to.be.closeTo(Math.round(missed), 1e-9);
      }),
    );
  });
});
