import { expect } from 'chai';
import fc from 'fast-check';
import { of, Subject } from 'rxjs';
import type { Commit } from '../src/domain/commit.js';
import type { Fix } from '../src/domain/fix.js';
import type { Judged } from '../src/domain/FixBatch.js';
import type { Command } from '../src/live/Pacing.js';
import { Meter } from '../src/report/Meter.js';
import { intoLog, type IntoLogOptions, type Taking } from '../src/log/intoLog.js';
import { play as playBatches, type PlayOptions } from '../src/pipeline.js';
import { batchesOf } from './support/batchesOf.js';
import { CountedSource } from './support/CountedSource.js';
import { cutInto } from './support/cutInto.js';
import { fix } from './support/fix.js';
import { HandClock } from './support/HandClock.js';
import { MemorySink } from './support/MemorySink.js';
import { Seen } from './support/Seen.js';
import { settled } from './support/settled.js';
import { SlowSink } from './support/SlowSink.js';
import { unheard } from './support/unheard.js';

/** `play` of fixes whose batches are spoilt when the next is asked for. */
const play = <T>(fixes: CountedSource<Fix>, log: Taking<T>, options?: PlayOptions & IntoLogOptions) =>
  playBatches(batchesOf(fixes), intoLog(log, options), options);

/** A fix whose device took it when it arrived, at so many ms. */
const at = (millis: number, device = 'a'): Fix => fix(device, { event: millis * 1000 });

/** What a sink was given, batch by batch, in ms. */
const given = (sink: SlowSink) => sink.batches.map((batch) => batch.map(({ fix }) => fix.arrival / 1000));

/** A log in memory that is asked to sync: what it was told to do, and when. */
class SyncedSink extends MemorySink {
  readonly told: string[] = [];
  readonly #now: () => number;
  readonly #sync: () => Promise<unknown>;

  constructor(now: () => number, sync: () => Promise<unknown> = () => Promise.resolve()) {
    super();
    this.#now = now;
    this.#sync = sync;
  }

  override commit(...batch: Parameters<MemorySink['commit']>): Promise<Commit> {
    this.told.push(`commit ${this.#now()}`);
    return super.commit(...batch);
  }

  sync(): Promise<unknown> {
    this.told.push(`sync ${this.#now()}`);
    return this.#sync();
  }
}

/** Batches of a thousand fixes that arrived together, without end. */
const flood = () =>
  new CountedSource(function* () {
    for (;;) yield Array.from({ length: 1000 }, () => at(0));
  });

/** Plays to the end in batches of so many, in as little time as it takes. */
async function playThrough(fixes: readonly Fix[], sizes: readonly number[], options: PlayOptions & IntoLogOptions): Promise<MemorySink> {
  const sink = new MemorySink();
  const clock = new HandClock();
  const seen = new Seen(play(new CountedSource(cutInto(fixes, sizes)), sink, { ...options, scheduler: clock }));
  while (!seen.completed && seen.error === undefined) {
    await settled();
    clock.advance(500);
  }
  return sink;
}

describe('play', () => {
  let clock: HandClock;
  let sink: MemorySink;

  beforeEach(() => {
    clock = new HandClock();
    sink = new MemorySink();
  });

  const pass = async (millis: number) => {
    await settled();
    clock.advance(millis);
    await settled();
  };

  it('should commit every second what was due in it', async () => {
    const source = new CountedSource([[at(5000), at(5400)], [at(5999), at(6500), at(9500)]]);
    const seen = new Seen(play(source, sink, { scheduler: clock }));
    await pass(999);
    expect(given(sink)).to.deep.equal([]);
    await pass(1);
    expect(given(sink)).to.deep.equal([[5000, 5400, 5999]]);
    await pass(1000);
    expect(given(sink)).to.deep.equal([[5000, 5400, 5999], [6500]]);
    await pass(2000);
    expect(given(sink)).to.deep.equal([[5000, 5400, 5999], [6500]]);
    expect(seen.completed).to.equal(false);
    await pass(500);
    expect(given(sink)).to.deep.equal([[5000, 5400, 5999], [6500], [9500]]);
    expect(seen.completed).to.equal(true);
    expect(sink.ends).to.equal(1);
  });

  it('should emit what each commit resolves to, and last what ending the sink does', async () => {
    const seen = new Seen(play(new CountedSource([[at(1), at(2), at(2)]]), sink, { rate: Infinity, scheduler: clock }));
    await settled();
    expect(seen.values.map(({ settled, written }) => [settled, written])).to.deep.equal([[3, 2], [0, 0]]);
    expect(seen.completed).to.equal(true);
  });

  it('should commit as often as asked', async () => {
    const seen = new Seen(play(new CountedSource([[at(0), at(300), at(800)]]), sink, { flushEvery: 250, scheduler: clock }));
    await pass(1000);
    expect(given(sink)).to.deep.equal([[0], [300], [800]]);
    expect(seen.completed).to.equal(true);
  });

  it('should commit every fix, whether it is a change or not', async () => {
    const [first, newer] = [fix('a', { event: 5 }), fix('a', { event: 6, arrival: 8 })];
    const [late, again] = [fix('a', { event: 1, arrival: 9 }), fix('a', { event: 6, arrival: 10 })];
    new Seen(play(new CountedSource([[first, newer, late, again]]), sink, { rate: Infinity, scheduler: clock }));
    await settled();
    expect(sink.batches.flat().map(({ verdict }) => verdict)).to.deep.equal(['change', 'change', 'late', 'duplicate']);
  });

  it('should end the sink of an empty recording', async () => {
    const seen = new Seen(play(new CountedSource<Fix>([]), sink, { scheduler: clock }));
    await settled();
    expect(given(sink)).to.deep.equal([]);
    expect(sink.ends).to.equal(1);
    expect(seen.completed).to.equal(true);
  });

  it('should commit the same at every rate, however it is cut into batches', async () => {
    const fixes = fc
      .array(fc.record({ device: fc.constantFrom('a', 'b'), event: fc.nat(20_000_000), arrival: fc.nat(20_000_000) }), { maxLength: 30 })
      .map((given) => given.sort((one, other) => one.arrival - other.arrival).map(({ device, ...times }) => fix(device, times)));
    const rates = fc.constantFrom(1, 2, 60, 1000);
    await fc.assert(
      fc.asyncProperty(
        fixes,
        rates,
        fc.constantFrom(250, 1000),
        fc.array(fc.constantFrom(1, 2, 7, 8192), { minLength: 1, maxLength: 3 }),
        async (fixes, rate, flushEvery, sizes) => {
          const committed = (sink: MemorySink) => sink.batches.flat();
          const [inTime, atOnce] = [
            await playThrough(fixes, sizes, { rate, flushEvery }),
            await playThrough(fixes, [1], { rate: Infinity }),
          ];
          expect(committed(inTime)).to.deep.equal(committed(atOnce));
          expect(committed(inTime).map(({ fix }) => fix)).to.deep.equal(fixes);
        },
      ),
      { numRuns: 30 },
    );
  });

  describe('stop$', () => {
    it('should commit what came before, not end the sink, and let go of the source', async () => {
      const stop$ = new Subject<void>();
      const source = new CountedSource([[at(0), at(300), at(7_200_000)], [at(7_200_001)]]);
      const seen = new Seen(play(source, sink, { stop$, scheduler: clock }));
      await pass(400);
      expect(given(sink)).to.deep.equal([]);
      stop$.next();
      await settled();
      expect(given(sink)).to.deep.equal([[0, 300]]);
      expect(sink.ends).to.equal(0);
      expect(seen.completed).to.equal(true);
      expect(source.open).to.equal(0);
      expect(clock.actions, 'timers left').to.deep.equal([]);
    });

    it('should commit what came before at an infinite rate, also while the sink is slow', async () => {
      const stop$ = new Subject<void>();
      const slow = new SlowSink();
      const source = flood();
      const seen = new Seen(play(source, slow, { rate: Infinity, stop$, scheduler: clock }));
      await settled();
      const read = 1000 * source.pulled;
      stop$.next();
      while (!seen.completed && seen.error === undefined) {
        slow.succeed();
        await settled();
      }
      expect(slow.batches.flat().length).to.equal(read);
      expect(slow.ends).to.equal(0);
      expect(source).to.include({ pulled: read / 1000, returned: 1 });
    });

    it('should read nothing if it has stopped before it began', async () => {
      const source = flood();
      const seen = new Seen(play(source, sink, { stop$: of('stop'), scheduler: clock }));
      await settled();
      expect(source.pulled).to.equal(0);
      expect(seen.completed).to.equal(true);
      expect(sink.ends).to.equal(0);
    });
  });

  describe('syncEvery', () => {
    const everySoOften = () => new CountedSource([[0, 300, 600, 900, 1200, 1500, 1800, 2100, 9900].map((millis) => at(millis))]);

    it('should sync once a second at most, what was flushed before', async () => {
      const synced = new SyncedSink(() => clock.now());
      new Seen(play(everySoOften(), synced, { flushEvery: 300, scheduler: clock }));
      for (let passed = 0; passed < 3500; passed += 100) await pass(100);
      expect(synced.told).to.deep.equal([
        ...['commit 300', 'sync 300', 'commit 600', 'commit 900', 'commit 1200', 'sync 1300'],
        ...['commit 1500', 'commit 1800', 'commit 2100', 'sync 2300', 'commit 2400', 'sync 3300'],
      ]);
    });

    it('should sync after each flush if it may be often', async () => {
      const synced = new SyncedSink(() => clock.now());
      new Seen(play(everySoOften(), synced, { flushEvery: 1000, syncEvery: 0, scheduler: clock }));
      for (let passed = 0; passed < 4000; passed += 100) await pass(100);
      expect(synced.told).to.deep.equal(['commit 1000', 'sync 1000', 'commit 2000', 'sync 2000', 'commit 3000', 'sync 3000']);
    });

    it('should never sync at Infinity', async () => {
      const synced = new SyncedSink(() => clock.now());
      const seen = new Seen(play(everySoOften(), synced, { syncEvery: Infinity, scheduler: clock }));
      for (let passed = 0; passed < 10_000; passed += 500) await pass(500);
      expect(seen.completed).to.equal(true);
      expect(synced.told.filter((what) => what.startsWith('sync'))).to.deep.equal([]);
    });

    it('should end with the error of a sync that fails, commit no more, and let go of the source', async () => {
      const error = new Error('disk on fire');
      const failing = new SyncedSink(() => clock.now(), () => Promise.reject(error));
      const source = everySoOften();
      const seen = new Seen(play(source, failing, { scheduler: clock }));
      await pass(1000);
      expect(seen.error).to.equal(error);
      await pass(10_000);
      expect(given(failing)).to.deep.equal([[0, 300, 600, 900]]);
      expect(failing.ends).to.equal(0);
      expect(source.open).to.equal(0);
      expect(clock.actions, 'timers left').to.deep.equal([]);
    });
  });

  it('should not ask the source for more than 32,768 fixes and a batch while the sink is slow', async () => {
    const slow = new SlowSink();
    const source = flood();
    const seen = new Seen(play(source, slow, { rate: Infinity, scheduler: clock }));
    await settled();
    expect(source.pulled, 'before any commit').to.equal(33);
    expect(given(slow).length, 'one commit at a time').to.equal(1);
    await pass(60_000);
    expect(source.pulled, 'a minute later').to.equal(33);

    let committed = 0;
    for (let commits = 0; commits < 20; commits++) {
      committed += slow.batches[commits]?.length ?? 0;
      slow.succeed();
      await settled();
      expect(1000 * source.pulled - committed).to.be.within(32_769, 33_768);
    }
    seen.unsubscribe();
  });

  it('should not read an hour ahead of what is due', async () => {
    const source = new CountedSource(function* () {
      for (let second = 0; ; second += 1000) yield Array.from({ length: 1000 }, (_, i) => at(1000 * (second + i)));
    });
    const seen = new Seen(play(source, sink, { scheduler: clock }));
    await pass(60_000);
    expect(source.pulled).to.equal(33);
    seen.unsubscribe();
  });

  it('should not read on while it is paused, commit what has come, and go on from there', async () => {
    const source = new CountedSource(function* () {
      for (let second = 0; ; second++) yield [at(1000 * second)];
    });
    const commands$ = new Subject<Command>();
    const seen = new Seen(play(source, sink, { rate: 1000, commands$, scheduler: clock }));
    await pass(10);
    commands$.next({ type: 'pause' });
    await pass(1000);
    const { pulled } = source;
    expect(given(sink).flat()).to.have.length(11);
    for (let minute = 0; minute < 10; minute++) await pass(60_000);
    expect([source.pulled, given(sink).flat().length]).to.deep.equal([pulled, 11]);
    commands$.next({ type: 'step' });
    await pass(1000);
    expect(given(sink).flat()).to.have.length(12);
    commands$.next({ type: 'resume' });
    await pass(2000);
    expect(given(sink).flat().slice(0, 1012)).to.deep.equal(Array.from({ length: 1012 }, (_, second) => 1000 * second));
    seen.unsubscribe();
  });

  it('should end with the error of a sink that fails, commit no more, and let go of the source', async () => {
    const slow = new SlowSink();
    const source = flood();
    const seen = new Seen(play(source, slow, { rate: Infinity, scheduler: clock }));
    await settled();
    const error = new Error('disk full');
    slow.succeed();
    await settled();
    slow.fail(error);
    await settled();
    expect(seen.error).to.equal(error);
    expect(seen.values.length).to.equal(1);
    expect(slow.batches.length).to.equal(2);
    expect(slow.ends).to.equal(0);
    expect(source.returned).to.equal(1);
    expect(clock.actions, 'timers left').to.deep.equal([]);
  });

  it('should commit what came before its source failed, and then end with that error', async () => {
    const error = new Error('disk on fire');
    const source = new CountedSource<Fix>(function* () {
      yield [at(0), at(1)];
      throw error;
    });
    const seen = new Seen(play(source, sink, { rate: Infinity, scheduler: clock }));
    await settled();
    expect(given(sink)).to.deep.equal([[0, 1]]);
    expect(seen.error).to.equal(error);
    expect(sink.ends).to.equal(0);
  });

  it('should commit what came before its source failed, also while the sink is slow', async () => {
    const error = new Error('disk on fire');
    const slow = new SlowSink();
    const source = new CountedSource<Fix>(function* () {
      yield Array.from({ length: 8192 }, () => at(0));
      yield [at(1)];
      throw error;
    });
    const seen = new Seen(play(source, slow, { rate: Infinity, scheduler: clock }));
    await settled();
    slow.succeed();
    await settled();
    slow.succeed();
    await settled();
    expect(given(slow).map(({ length }) => length)).to.deep.equal([8192, 1]);
    expect(seen.error).to.equal(error);
  });

  it('should lose no fix that is emitted within a commit, which may steer', async () => {
    const commands$ = new Subject<Command>();
    class SteeringSink extends MemorySink {
      override commit(...batch: Parameters<MemorySink['commit']>): Promise<Commit> {
        commands$.next({ type: 'step' });
        return super.commit(...batch);
      }
    }
    const steering = new SteeringSink();
    const seen = new Seen(play(new CountedSource([[at(0), at(5000), at(9000), at(12_000)]]), steering, { commands$, scheduler: clock }));
    for (let second = 0; second < 5; second++) await pass(1000);
    expect(seen.completed).to.equal(true);
    expect(given(steering)).to.deep.equal([[0], [5000], [9000], [12_000]]);
  });

  it('should end with what the sink throws, amid an emission, and let go of everything', async () => {
    for (const [most, rate] of [[1, 1], [4096, 1], [4096, Infinity]] as const) {
      const error = new Error('a bug');
      const source = new CountedSource([Array.from({ length: 2 * most }, () => at(0)), [at(900)]]);
      class ThrowingSink extends MemorySink {
        override commit(): never {
          throw error;
        }
      }
      const throwing = new ThrowingSink();
      const errors = unheard();
      const seen = new Seen(play(source, throwing, { rate, scheduler: clock }));
      await pass(5000);
      expect([seen.error, source.open, clock.actions.length, throwing.ends]).to.deep.equal([error, 0, 0, 0]);
      expect(await errors()).to.deep.equal([]);
    }
  });

  it('should commit what came before fixes of which nothing can be taken, and end with that error', async () => {
    const error = new Error('a bug');
    class NarrowSink extends MemorySink {
      override take(judged: Judged): ReturnType<MemorySink['take']> {
        if (judged.batch.columns.arrival[judged.batch.first]! >= 2000) throw error;
        return super.take(judged);
      }
    }
    const narrow = new NarrowSink();
    const source = new CountedSource([[at(0)], [at(1)], [at(2)], [at(3)]]);
    const seen = new Seen(play(source, narrow, { rate: Infinity, scheduler: clock }));
    await pass(0);
    expect(given(narrow)).to.deep.equal([[0, 1]]);
    expect([seen.error, narrow.ends, source.open, clock.actions.length]).to.deep.equal([error, 0, 0, 0]);
  });

  it('should let go of the source when unsubscribed from, and leave no timer', async () => {
    const source = flood();
    const seen = new Seen(play(source, new SlowSink(), { scheduler: clock }));
    await settled();
    seen.unsubscribe();
    expect(source.returned).to.equal(1);
    expect(clock.actions).to.deep.equal([]);
  });

  it('should measure the run with a meter', async () => {
    const meter = new Meter(() => clock.now());
    new Seen(play(new CountedSource([[at(0), at(300.25, 'b'), at(400)]]), sink, { meter, scheduler: clock }));
    await pass(1000);
    expect(meter).to.include({ judged: 3, devices: 2, written: 3, flushes: 1 });
    expect(meter.lateness.figures()).to.include({ mean: 0.25, max: 0.75 });
    expect(meter.latency.figures()).to.include({ max: 1000 });
  });

  it('should hold another state for each subscriber', async () => {
    const played = play(new CountedSource([[at(0)]]), sink, { rate: Infinity, scheduler: clock });
    for (const seen of [new Seen(played), new Seen(played)]) {
      await settled();
      expect(seen.completed).to.equal(true);
    }
    expect(sink.batches.map(([update]) => update?.verdict)).to.deep.equal(['change', 'change']);
  });
});
