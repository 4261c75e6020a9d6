import { expect } from 'chai';
import fc from 'fast-check';
import { within, zoomed } from '../../../src/page/model/zoomed.js';

const stretch = fc
  .tuple(fc.nat({ max: 1e12 }), fc.integer({ min: 10e6, max: 1e11 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe('zoomed', () => {
  it('should be so many times as long, with a moment at the place where it was', () => {
    fc.assert(
      fc.property(stretch, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.8, 1, 1.25, 2), ({ from, to }, share, times) => {
        const around = from + share * (to - from);
        const found = zoomed({ from, to }, times, around);
        expect(found.to - found.from).to.be.closeTo(Math.max(5e6, (to - from) * times), 2);
        expect((around - found.from) / (found.to - found.from)).to.be.closeTo(share, 1e-6);
      }),
    );
  });

  it('should never be shorter than five seconds', () => {
    expect(zoomed({ from: 0, to: 6e6 }, 0.5, 3e6)).to.deep.equal({ from: 500_000, to: 5_500_000 });
  });
});

describe('within', () => {
  const span = { first: 100e6, last: 200e6, newest: 150e6 };

  it('should keep a stretch in the recording, as long as it was', () => {
    expect(within({ from: 90e6, to: 120e6 }, span)).to.deep.equal({ from: 100e6, to: 130e6 });
    expect(within({ from: 190e6, to: 220e6 }, span)).to.deep.equal({ from: 170e6, to: 200e6 });
    expect(within({ from: 120e6, to: 130e6 }, span)).to.deep.equal({ from: 120e6, to: 130e6 });
  });

  it('should be none for a stretch that is as long as the recording', () => {
    expect(within({ from: 90e6, to: 190e6 }, span)).to.equal(undefined);
    expect(within({ from: 100e6, to: 100e6 }, { ...span, last: 101e6 })).to.equal(undefined);
  });
});
