import { expect } from 'chai';
import type { FixBatch } from '../../src/domain/FixBatch.js';
import { Meter } from '../../src/report/Meter.js';
import { LatestFixes } from '../../src/live/LatestFixes.js';
import { batchOf } from '../../src/recording/batchOf.js';
import { fix } from '../support/fix.js';

const a = fix('a', { event: 10, arrival: 11 });
const A = fix('a', { event: 20, arrival: 21 });
const b = fix('b', { event: 5, arrival: 31 });

/** A meter, and its clock, which the test sets by hand. */
function metered(): { readonly meter: Meter; readonly clock: { now: number } } {
  const clock = { now: 0 };
  return { meter: new Meter(() => clock.now), clock };
}

/** Fixes that were due at these times. */
function due(...fixes: readonly (readonly [typeof a, due: number])[]): FixBatch {
  const batch = batchOf(fixes.map(([fix]) => fix));
  batch.columns.due.set(fixes.map(([, due]) => due));
  return batch;
}

const commit = (written: number, ...due: readonly number[]) => ({ settled: written, written, due: Float64Array.from(due) });

describe('Meter', () => {
  it('should start with nothing', () => {
    const { meter } = metered();
    expect(meter).to.include({ judged: 0, devices: 0, written: 0, flushes: 0, behind: 0, first: undefined, last: undefined });
    for (const of of [meter.processing, meter.lateness, meter.latency]) expect(of.figures()).to.equal(undefined);
  });

  it('should count what became of the fixes, and the devices', () => {
    const { meter } = metered();
    meter.found(new LatestFixes().take(batchOf([a, A, a, A, { ...A, speed: '9' }, b])));
    expect(meter.verdicts).to.deep.equal({ change: 3, late: 1, duplicate: 1, conflict: 1 });
    expect(meter).to.include({ judged: 6, devices: 2 });
  });

  it('should count the rows of a part alone', () => {
    const { meter } = metered();
    const batch = batchOf([a, A, a, b]).part(1, 3);
    meter.emitted(batch);
    meter.found(new LatestFixes().take(batch));
    expect(meter.verdicts).to.deep.equal({ change: 1, late: 1, duplicate: 0, conflict: 0 });
    expect(meter).to.include({ first: 21, last: 21 });
  });

  it('should know the first arrival, and the last so far, in whatever order they come', () => {
    const { meter } = metered();
    meter.emitted(due([A, NaN], [b, NaN]));
    meter.emitted(due([a, NaN]));
    expect(meter).to.include({ first: 21, last: 31 });
    meter.emitted(batchOf([a]).part(0, 0));
    expect(meter).to.include({ first: 21, last: 31 });
  });

  it('should measure how late each is emitted, and how far behind the last one', () => {
    const { meter, clock } = metered();
    clock.now = 103;
    meter.emitted(due([a, 100]));
    clock.now = 200.5;
    meter.emitted(due([A, 200], [b, 200.25]));
    expect(meter.lateness.figures()).to.include({ mean: (3 + 0.5 + 0.25) / 3, max: 3 });
    expect(meter.behind).to.equal(0.25);
  });

  it('should call nothing late that was due since ever, or at no time', () => {
    const { meter, clock } = metered();
    clock.now = 100;
    meter.emitted(due([a, -Infinity], [A, NaN]));
    expect(meter.lateness.figures()).to.equal(undefined);
    expect(meter.behind).to.equal(0);
  });

  it('should measure changes from their due times until they can be read', () => {
    const { meter, clock } = metered();
    clock.now = 1010;
    meter.committed(commit(3, 0, 400));
    expect(meter.latency.figures()).to.include({ mean: 810, max: 1010 });
    expect(meter.written).to.equal(3);
  });

  it('should give each fix of a batch its share of the time that the batch took', () => {
    const { meter, clock } = metered();
    meter.emitted(due([a, NaN], [b, NaN]));
    clock.now = 8;
    meter.taken();
    meter.emitted(due([A, NaN]));
    clock.now = 21;
    meter.taken();
    expect(meter.processing.figures()).to.include({ mean: (4 + 4 + 13) / 3, max: 13 });
    meter.emitted(batchOf([a]).part(1, 1));
    clock.now = 1000;
    meter.taken();
    expect(meter.processing.figures()).to.include({ max: 13 });
  });

  it('should count flushes', () => {
    const { meter } = metered();
    meter.flushed();
    meter.flushed();
    expect(meter.flushes).to.equal(2);
  });
});
