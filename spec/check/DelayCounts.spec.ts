import { expect } from 'chai';
import { DelayCounts } from '../../src/check/DelayCounts.js';

describe('DelayCounts', () => {
  it('should put each delay into the range that begins with it, or before it', () => {
    const counts = new DelayCounts();
    for (const seconds of [-1e9, -0.000001, 0, 0.999999, 1, 59.9, 60, 86_400, 1e10]) counts.add(seconds);
    expect(counts.ranges.filter(({ fixes }) => fixes > 0)).to.deep.equal([
      { from: -Infinity, to: 0, fixes: 2 },
      { from: 0, to: 1, fixes: 2 },
      { from: 1, to: 2, fixes: 1 },
      { from: 30, to: 60, fixes: 1 },
      { from: 60, to: 120, fixes: 1 },
      { from: 86_400, to: 604_800, fixes: 1 },
      { from: 604_800, to: Infinity, fixes: 1 },
    ]);
  });

  it('should have ranges that leave out nothing and overlap nowhere', () => {
    const { ranges } = new DelayCounts();
    expect(ranges[0]!.from).to.equal(-Infinity);
    expect(ranges.at(-1)!.to).to.equal(Infinity);
    for (const [i, { from }] of ranges.entries()) if (i > 0) expect(from).to.equal(ranges[i - 1]!.to);
  });
});
