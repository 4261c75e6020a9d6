import { expect } from 'chai';
import type { ServedHistogram } from '../../../src/page/api/served.js';
import { Overview } from '../../../src/page/model/Overview.js';
import { ratesOf } from '../../../src/page/model/ratesOf.js';

const SECOND = 1e6;
const SERVED: ServedHistogram = {
  by: 'arrival',
  from: '1970-01-01T00:01:40.000000Z',
  step_seconds: 10,
  changes: [5, 0, 20, 10],
  late: [1, 0, 0, 3],
  duplicate: [0, 0, 1, 0],
  conflict: [0, 0, 2, 0],
};
const overview = new Overview(SERVED);

describe('Overview', () => {
  it('should sum up the bins that have some of a stretch', () => {
    expect(overview.sums({ from: 100 * SECOND, to: 140 * SECOND })).to.deep.equal({ changes: 35, late: 4, others: 3 });
    expect(overview.sums({ from: 109 * SECOND, to: 120 * SECOND })).to.deep.equal({ changes: 25, late: 1, others: 3 });
    expect(overview.sums({ from: 110 * SECOND, to: 119 * SECOND })).to.deep.equal({ changes: 0, late: 0, others: 0 });
  });

  it('should find the bin of a moment', () => {
    expect([99.9, 100, 109.9, 110, 139.9, 140].map((at) => overview.binAt(at * SECOND))).to.deep.equal([undefined, 0, 0, 1, 3, undefined]);
  });

  it('should have no bins where there is nothing', () => {
    const none = new Overview({ by: 'event', from: null, step_seconds: 1, changes: [], late: [], duplicate: [], conflict: [] });
    expect(none.sums({ from: 0, to: 1 })).to.deep.equal({ changes: 0, late: 0, others: 0 });
    expect(none.binAt(0)).to.equal(undefined);
  });
});

describe('ratesOf', () => {
  it('should give the fixes of a second, in the middle of each bin, and at the ends only of what there is of it', () => {
    expect(ratesOf(overview, { first: 105 * SECOND, last: 136 * SECOND, newest: 136 * SECOND })).to.deep.equal({
      at: [107.5, 115, 125, 133],
      changes: [1, 0, 2, 10 / 6],
      late: [0.2, 0, 0, 0.5],
    });
  });

  it('should have no rate of a bin that is not over, which would look like silence, nor of a short rest', () => {
    const at = (last: number, newest: number, known = newest) =>
      ratesOf(new Overview(SERVED, known * SECOND), { first: 100 * SECOND, last: last * SECOND, newest: newest * SECOND }).at;
    expect(at(200, 138)).to.deep.equal([105, 115, 125]);
    expect(at(200, 140)).to.deep.equal([105, 115, 125, 135]);
    expect(at(134, 134)).to.deep.equal([105, 115, 125]);
    expect(at(200, 140, 121), 'counted before the rest came').to.deep.equal([105, 115]);
  });

  it('should give none for what is not known yet', () => {
    expect(ratesOf(overview, { first: 100 * SECOND, last: 200 * SECOND, newest: 112 * SECOND }).at).to.deep.equal([105]);
  });
});
