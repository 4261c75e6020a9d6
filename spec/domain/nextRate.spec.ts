import { expect } from 'chai';
import fc from 'fast-check';
import { nextRate, RATES } from '../../src/domain/nextRate.js';

const rates = fc.oneof(fc.constantFrom(...RATES), fc.double({ min: 1e-3, max: 1e5, noNaN: true }));

describe('nextRate', () => {
  it('should step from a rate to the one above or below it, known or not', () => {
    expect([nextRate(1, 'up'), nextRate(1, 'down')]).to.deep.equal([2, 0.5]);
    expect([nextRate(60, 'up'), nextRate(60, 'down')]).to.deep.equal([100, 50]);
    fc.assert(fc.property(rates, (rate) => {
      const [above, below] = [nextRate(rate, 'up'), nextRate(rate, 'down')];
      expect(RATES.filter((other) => other > rate && other < above)).to.deep.equal([]);
      expect(RATES.filter((other) => other < rate && other > below)).to.deep.equal([]);
      expect(below <= rate && rate <= above).to.equal(true);
    }));
  });

  it('should never lead to max, and lead down from it', () => {
    expect(nextRate(1000, 'up')).to.equal(1000);
    expect(nextRate(5000, 'up')).to.equal(5000);
    expect(nextRate(Infinity, 'up')).to.equal(Infinity);
    expect(nextRate(Infinity, 'down')).to.equal(1000);
  });

  it('should stay at the slowest', () => {
    expect(nextRate(0.1, 'down')).to.equal(0.1);
    expect(nextRate(0.01, 'down')).to.equal(0.01);
    expect(nextRate(0.01, 'up')).to.equal(0.1);
  });
});
