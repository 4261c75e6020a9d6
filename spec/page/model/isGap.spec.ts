import { expect } from 'chai';
import { isGap } from '../../../src/page/model/isGap.js';

describe('isGap', () => {
  it('should be a silence of more than five minutes', () => {
    const from = { event: 1_000_000 };
    expect(isGap(from, { event: 301_000_000 })).to.equal(false);
    expect(isGap(from, { event: 301_000_001 })).to.equal(true);
    expect(isGap(from, from)).to.equal(false);
  });
});
