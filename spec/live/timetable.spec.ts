import { expect } from 'chai';
import fc from 'fast-check';
import { timetable, type Timing } from '../../src/live/timetable.js';
import { slowTimetable } from '../support/slowTimetable.js';
import { arrivals, timings } from '../support/timings.js';

const due = (micros: readonly number[], timing?: Timing, start = 0) => micros.map(timetable(start, timing));

describe('timetable', () => {
  it('should have the first due at the start, and each other as long after it as it arrived', () => {
    expect(due([5_000_000, 5_002_000, 5_007_000], {}, 100)).to.deep.equal([100, 102, 107]);
  });

  it('should keep fractions of a ms', () => {
    expect(due([1_000_001, 1_000_002, 1_001_501])).to.deep.equal([0, 0.001, 1.5]);
  });

  it('should have equal arrivals due together', () => {
    expect(due([7, 7, 1007, 1007])).to.deep.equal([0, 0, 1, 1]);
  });

  it('should play twice, sixty times, half as fast', () => {
    const arrived = [0, 30_000, 120_000];
    expect(due(arrived, { rate: 2 })).to.deep.equal([0, 15, 60]);
    expect(due(arrived, { rate: 60 })).to.deep.equal([0, 0.5, 2]);
    expect(due(arrived, { rate: 0.5 })).to.deep.equal([0, 60, 240]);
  });

  it('should cut a longer silence to the longest', () => {
    expect(due([0, 2_000_000, 5_000_000, 6_000_000, 16_000_000], { maxGap: 2000 })).to.deep.equal([0, 2000, 4000, 5000, 7000]);
  });

  it('should cut silences of stream time, whatever the rate', () => {
    expect(due([0, 5_000_000], { maxGap: 2000, rate: 10 })).to.deep.equal([0, 200]);
  });

  it('should let no silence pass with a longest of 0', () => {
    expect(due([0, 1, 5_000_000], { maxGap: 0 })).to.deep.equal([0, 0, 0]);
  });

  it('should have due since ever what arrived before `from`, and the rest as long after as it arrived after that', () => {
    expect(due([0, 999, 1000, 3000, 6000], { from: 1000 })).to.deep.equal([-Infinity, -Infinity, 0, 2, 5]);
  });

  it('should begin with the first arrival if that is after `from`', () => {
    expect(due([5000, 6000], { from: 1000 })).to.deep.equal([0, 1]);
  });

  it('should wait from `from` to the next arrival, but no longer than the longest silence', () => {
    expect(due([0, 9_000_000], { from: 4_000_000 })).to.deep.equal([-Infinity, 5000]);
    expect(due([0, 9_000_000], { from: 4_000_000, maxGap: 2000 })).to.deep.equal([-Infinity, 2000]);
  });

  it('should cut nothing from what arrived before `from`', () => {
    expect(due([0, 60_000_000, 61_000_000], { from: 60_000_000, maxGap: 2000 })).to.deep.equal([-Infinity, 0, 1000]);
  });

  it('should keep the microsecond after a year at today\'s date', () => {
    const now = Date.UTC(2023, 0, 1) * 1000;
    const year = 365 * 86_400 * 1_000_000;
    expect(due([now, now + year + 1])).to.deep.equal([0, year / 1000 + 0.001]);
  });

  it('should have what arrived before the one above it due with that, and cut no silence twice', () => {
    const arrived = [0, 10_000_000, 1_000_000, 11_000_000];
    expect(due(arrived)).to.deep.equal([0, 10_000, 10_000, 11_000]);
    expect(due(arrived, { maxGap: 2000 })).to.deep.equal([0, 2000, 2000, 3000]);
    expect(due(arrived, { from: 2_000_000, maxGap: 2000 })).to.deep.equal([-Infinity, 2000, -Infinity, 3000]);
    expect(due([5_000_000, 1_000_000, 6_000_000], { from: 2_000_000 })).to.deep.equal([0, -Infinity, 1000]);
  });

  it('should refuse what no time can be told by', () => {
    expect(() => timetable(0, { rate: 0 })).to.throw(RangeError, 'the rate 0 is not a number above 0');
    expect(() => timetable(0, { maxGap: -1 })).to.throw(RangeError, 'the longest silence -1 is not a number from 0 up');
  });

  it('should agree with a loop that sums the gaps', () => {
    fc.assert(
      fc.property(arrivals, timings, fc.integer({ max: 1e9 }), (arrived, timing, start) => {
        expect(due(arrived, timing, start)).to.deep.equal(slowTimetable(start, timing, arrived));
      }),
    );
  });
});
