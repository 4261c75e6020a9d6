import { expect } from 'chai';
import { PartitionTicks } from '../../src/stream/PartitionTicks.js';

const SECOND = 1e6;

describe('PartitionTicks', () => {
  /** Who ticks, the arrival, and the time of the stream, in seconds, and whether it ends. */
  type Given = readonly [publisher: string, arrival: number, stored: number, ends?: boolean];
  /** What is promised after each. */
  const promised = (isFromStart: boolean, ...ticks: readonly Given[]) => {
    const partition = new PartitionTicks(isFromStart);
    const told = ticks.map(([publisher, arrival, stored, ends = false]) =>
      partition.take({ publisher, arrival: arrival * SECOND, stored: stored * SECOND, ends }),
    );
    return told.map((until) => (until === undefined ? undefined : until / SECOND));
  };

  it('should be what the only publisher says, to its end', () => {
    expect(promised(true, ['a', 1, 100], ['a', 2, 101], ['a', 3, 101, true])).to.deep.equal([1, 2, 3]);
  });

  it('should be the least of what several say', () => {
    expect(promised(true, ['a', 10, 10], ['b', 8, 10.5], ['a', 11, 11], ['b', 9, 11.5])).to.deep.equal([10, 8, 8, 9]);
  });

  it('should not wait for one that ends, or of which nothing was heard for 10 s', () => {
    expect(promised(true, ['a', 10, 10], ['b', 8, 10], ['b', 9, 10.5, true], ['a', 11, 11])).to.deep.equal([10, 8, 10, 11]);
    expect(promised(true, ['b', 8, 10], ['a', 19, 19], ['a', 20, 20], ['a', 20.5, 20.5])).to.deep.equal([8, 8, 8, 20.5]);
  });

  it('should be what one says that ends, where no other was heard', () => {
    expect(promised(false, ['a', 10, 10], ['a', 11, 11, true])).to.deep.equal([undefined, 11]);
    expect(promised(false, ['b', 1, 10], ['a', 10, 10], ['a', 11, 11, true], ['b', 2, 11, true])).to.deep.equal([undefined, undefined, undefined, 11]);
  });

  it('should hear who there is before it promises anything, if it begins in the middle', () => {
    expect(promised(false, ['a', 10, 10], ['b', 8, 12], ['a', 19, 19.9], ['b', 19, 20])).to.deep.equal([undefined, undefined, undefined, 19]);
  });
});
