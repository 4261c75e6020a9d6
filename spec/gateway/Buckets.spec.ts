import { expect } from 'chai';
import { Buckets } from '../../src/gateway/Buckets.js';

describe('Buckets', () => {
  let now: number;
  const buckets = (rate: number) => new Buckets(rate, () => now);
  beforeEach(() => { now = 1000; });

  it('should let each take ten seconds\' worth at once, and then so much a second', () => {
    const all = buckets(2);
    for (let i = 0; i < 20; i++) {
      expect(all.wait('a')).to.equal(0);
      all.take('a', 1);
    }
    expect(all.wait('a')).to.equal(1);
    expect(all.wait('b')).to.equal(0);
    now += 500;
    expect(all.wait('a')).to.equal(0);
    all.take('a', 1);
    expect(all.wait('a')).to.equal(1);
  });

  it('should let one take more than that at once if it took nothing before, and wait for it afterwards', () => {
    const all = buckets(1);
    all.take('a', 500);
    expect(all.wait('a')).to.equal(491);
    now += 490_000;
    expect(all.wait('a')).to.equal(1);
    now += 1000;
    expect(all.wait('a')).to.equal(0);
  });

  it('should save up no more than ten seconds\' worth', () => {
    const all = buckets(1);
    all.take('a', 10);
    now += 3_600_000;
    all.take('a', 10);
    expect(all.wait('a')).to.equal(1);
  });

  it('should forget the one that was used longest ago of more than 262,144', () => {
    const all = buckets(1);
    all.take('a', 100);
    all.take('b', 100);
    for (let i = 0; i < 262_143; i++) all.take(String(i), 1);
    expect([all.wait('a'), all.wait('b')]).to.deep.equal([0, 91]);
  });
});
