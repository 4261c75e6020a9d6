import { expect } from 'chai';
import { Counts } from '../../../src/page/model/Counts.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served, time } from '../support/served.js';

const arrived = (...seconds: readonly number[]) => seconds.map((second) => sighting(served('a', second)));
const counted = (changes: readonly number[], late: readonly number[] = []) => {
  const counts = new Counts();
  counts.add(arrived(...changes), arrived(...late));
  return counts;
};
const everySecond = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('Counts', () => {
  it('should be nothing before anything has arrived', () => {
    expect(new Counts().rates(instantOf(time(100)), 60, 6)).to.deep.equal({ at: [], changes: [], late: [] });
  });

  it('should tell how many arrived a second, in each part of the time', () => {
    const { at, changes, late } = counted(everySecond(0, 59), [7, 8, 31]).rates(instantOf(time(59)), 59, 6);
    expect(at.map((second) => second - at[0]!)).to.deep.equal([0, 10, 20, 30, 40, 50]);
    expect(changes).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(late).to.deep.equal([0.2, 0, 0, 0.1, 0, 0]);
  });

  it('should not fall where a part of the time has only begun, nor rise late where the first had', () => {
    for (const end of everySecond(10, 40)) {
      const { changes } = counted(everySecond(3, end)).rates(instantOf(time(end)), 60, 6);
      expect(changes, `${end} s`).to.deep.equal(changes.map(() => 1));
    }
  });
});
