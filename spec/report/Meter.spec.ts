import { expect } from 'chai';
import { from, map, tap } from 'rxjs';
import type { Commit } from '../../src/domain/commit.js';
import type { Update } from '../../src/domain/latest.js';
import { latest } from '../../src/live/latest.js';
import { Meter } from '../../src/report/Meter.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';
import { MemorySink } from '../support/MemorySink.js';
import { SlowSink } from '../support/SlowSink.js';
import { update } from '../support/update.js';

const a = fix('a', { event: 10, arrival: 11 });
const A = fix('a', { event: 20, arrival: 21 });
const b = fix('b', { event: 5, arrival: 31 });

/** A meter, and its clock, which the test sets by hand. */
function metered(): { readonly meter: Meter; readonly clock: { now: number } } {
  const clock = { now: 0 };
  return { meter: new Meter(() => clock.now), clock };
}

describe('Meter', () => {
  it('should start with nothing', () => {
    const { meter } = metered();
    expect(meter).to.include({ judged: 0, devices: 0, written: 0, flushes: 0, behind: 0, first: undefined, last: undefined });
    for (const of of [meter.processing, meter.lateness, meter.latency]) expect(of.figures()).to.equal(undefined);
  });

  it('should count what became of the fixes, and the devices', () => {
    const { meter } = metered();
    const conflict = { ...A, speed: '9' };
    from([a, A, a, A, conflict, b]).pipe(meter.timed(latest())).subscribe();
    expect(meter.verdicts).to.deep.equal({ change: 3, late: 1, duplicate: 1, conflict: 1 });
    expect(meter).to.include({ judged: 6, devices: 2, first: 11, last: 31 });
  });

  it('should say how far the stream has come, also where it is unsorted', () => {
    const { meter } = metered();
    from([A, b, a]).pipe(meter.timed(latest())).subscribe();
    expect(meter).to.include({ first: 21, last: 31 });
  });

  it('should change nothing of what flows', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const { meter } = metered();
    const source = cold(' aA-(ab)-# ', { a, A, b });
    const subs =        ' ^-------! ';
    const expected =    ' cc-(lc)-# ';
    const judged = source.pipe(meter.timed(latest()), map(({ verdict }) => verdict));
    expectObservable(judged).toBe(expected, { c: 'change', l: 'late' });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should measure how late each is emitted, and how far behind the last one', () => {
    const { meter, clock } = metered();
    clock.now = 103;
    meter.emitted(a, 100);
    clock.now = 200.5;
    meter.emitted(A, 200);
    expect(meter.lateness.figures()).to.include({ mean: 1.75, max: 3 });
    expect(meter.behind).to.equal(0.5);
  });

  it('should call nothing late that was due since ever', async () => {
    const { meter, clock } = metered();
    clock.now = 100;
    meter.emitted(a, -Infinity);
    await meter.metered(new MemorySink()).commit([update(a)]);
    expect(meter.lateness.figures()).to.equal(undefined);
    expect(meter.latency.figures()).to.equal(undefined);
    expect(meter.behind).to.equal(0);
  });

  it('should measure a change from its due time until it can be read', async () => {
    const { meter, clock } = metered();
    const slow = new SlowSink();
    meter.emitted(a, 0);
    meter.emitted(b, 400);
    clock.now = 1000;
    const writing = meter.metered(slow).commit([update(a), update(b)]);
    clock.now = 1010;
    slow.succeed();
    await writing;
    expect(meter.latency.figures()).to.include({ mean: 810, max: 1010 });
    expect(meter.written).to.equal(2);
  });

  it('should measure no latency of what is no change', async () => {
    const { meter, clock } = metered();
    const sink = meter.metered(new MemorySink());
    const updates: Update[] = [];
    from([A, a]).pipe(tap((fix) => { meter.emitted(fix, 0); }), meter.timed(latest())).subscribe((update) => updates.push(update));
    clock.now = 7;
    await sink.commit(updates);
    expect(meter.latency.figures()).to.include({ mean: 7, max: 7 });
    expect(meter.written).to.equal(1);
  });

  it('should measure a change that is held back until it can be read, and one that is dropped not at all', async () => {
    const { meter, clock } = metered();
    const [dropped, held] = [update(a), update(A)];
    const commit: Commit = { settled: 2, visible: [], dropped: [dropped] };
    const end: Commit = { settled: 0, visible: [held], dropped: [] };
    const sink = meter.metered({ commit: () => Promise.resolve(commit), end: () => Promise.resolve(end) });
    meter.emitted(a, 0);
    meter.emitted(A, 1);
    await sink.commit([dropped, held]);
    expect(meter.latency.figures()).to.equal(undefined);
    clock.now = 31;
    await sink.end();
    expect(meter.latency.figures()).to.include({ mean: 30, max: 30 });
    expect(meter).to.include({ written: 1, flushes: 1 });
  });

  it('should give each fix the time it took to judge, and its share of its batch', async () => {
    const { meter, clock } = metered();
    const updates: Update[] = [];
    const judging = [1, 3, 5];
    const slowly = map((fix: typeof a) => {
      clock.now += judging.shift() ?? 0;
      return update(fix);
    });
    from([a, b, A]).pipe(meter.timed(slowly)).subscribe((update) => {
      updates.push(update);
      clock.now += 1000; // no time of the fix's own
    });
    const sink = new MemorySink();
    const formatting = meter.metered({
      end: () => sink.end(),
      commit: (batch) => {
        clock.now += 8;
        return sink.commit(batch);
      },
    });
    await formatting.commit(updates.slice(0, 2));
    expect(meter.processing.figures()).to.include({ mean: 6, max: 7 });
    await formatting.commit(updates.slice(2));
    expect(meter.processing.figures()).to.include({ mean: (5 + 7 + 13) / 3, max: 13 });
  });

  it('should count flushes and rows written, and pass on what the sink answers', async () => {
    const { meter } = metered();
    const memory = new MemorySink();
    const sink = meter.metered(memory);
    const commit = await sink.commit([update(a), update(b, 'late')]);
    await sink.commit([update(A)]);
    await sink.end();
    expect(commit).to.deep.equal({ settled: 2, visible: [update(a)], dropped: [] });
    expect(memory.batches.length).to.equal(2);
    expect(memory.ends).to.equal(1);
    expect(meter).to.include({ flushes: 2, written: 2 });
  });

  it('should pass on errors of the sink', async () => {
    const { meter } = metered();
    const slow = new SlowSink();
    const error = new Error('disk full');
    const writing = meter.metered(slow).commit([update(a)]);
    slow.fail(error);
    expect(await writing.catch((reason: unknown) => reason)).to.equal(error);
    expect(meter).to.include({ written: 0 });
  });
});
