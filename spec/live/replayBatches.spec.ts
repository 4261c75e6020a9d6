import { expect } from 'chai';
import fc from 'fast-check';
import {
  concat,
  concatMap,
  delay,
  from,
  map,
  mergeMap,
  NEVER,
  of,
  pipe,
  Subject,
  take,
  tap,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { FixBatch } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import type { Command } from '../../src/live/Pacing.js';
import { replay, type ReplayEachOptions } from '../../src/live/replay.js';
import { replayBatches, type ReplayOptions } from '../../src/live/replayBatches.js';
import { batchOf } from '../../src/recording/batchOf.js';
import { fixesOf } from '../../src/recording/fixesOf.js';
import { spoil } from '../support/batchesOf.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { TickingClock } from '../support/TickingClock.js';
import { arrivals, timings } from '../support/timings.js';

const noon = Date.UTC(2021, 9, 23, 12) * 1000;
const instant = (millis: number) => noon + Math.round(millis * 1000);

/** A batch of fixes that arrived so many ms after noon. */
const batch = (...fixes: readonly (readonly [name: string, millis: number])[]) =>
  batchOf(fixes.map(([name, millis]) => fix(name, { event: instant(millis) })));

/** The names of the fixes of a batch. */
const namesOf = (batch: FixBatch) => fixesOf(batch).map(({ device }) => device).join(' ');
const played = (options?: ReplayOptions) => pipe(replayBatches<FixBatch>(options), map(namesOf));

/** Makes something else of each batch when the next comes, or the source completes. */
const spoiling = (): MonoTypeOperatorFunction<FixBatch> => {
  let before: FixBatch | undefined;
  const spoilOne = () => {
    if (before) spoil(before);
  };
  return tap({
    next: (batch) => {
      spoilOne();
      before = batch;
    },
    complete: spoilOne,
  });
};

const commands: Record<string, Command> = {
  p: { type: 'pause' }, r: { type: 'resume' }, s: { type: 'step' }, d: { type: 'rate', rate: 2 }, m: { type: 'rate', rate: Infinity },
};

describe('replayBatches', () => {
  it(
    'should emit together what is due together, each as long after the first as it arrived after it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { i: batch(['a', 0], ['b', 2], ['c', 2], ['d', 5]) };
      const source = cold(' (i|)      ', values);
      const subs = ' (^!)      ';
      const expected = ' x-y--(z|) ';
      expectObservable(source.pipe(played())).toBe(expected, { x: 'a', y: 'b c', z: 'd' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('should emit nothing while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<FixBatch>(' - ');
    const subs =                  ' ^ ';
    const expected =              ' - ';
    expectObservable(source.pipe(played())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  for (const rate of [1, Infinity]) {
    it(
      `should complete with an empty source, and emit nothing of an empty batch, at rate ${rate}`,
      marbles(({ cold, expectObservable }) => {
        const values = { n: batch(), o: batch(['a', 0]).part(1, 1), i: batch(['b', 0]) };
        expectObservable(cold<FixBatch>('--|').pipe(played({ rate }))).toBe('--|');
        expectObservable(cold('n-o-(nio)-|', values).pipe(played({ rate }))).toBe('----b-----|');
      }),
    );
  }

  it('should keep the order over batches, and emit at once what is behind', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 2]), j: batch(['c', 3], ['d', 4], ['e', 9]) };
    const source = cold(' i-----(j|)  ', values);
    const expected =    ' x-y---z--(e|)';
    expectObservable(source.pipe(played())).toBe(expected, { x: 'a', y: 'b', z: 'c d', e: 'e' });
  }));

  it('should play parts of batches', marbles(({ cold, expectObservable }) => {
    const whole = batch(['a', 0], ['b', 1], ['c', 2], ['d', 3], ['e', 4]);
    const values = { i: whole.part(1, 3), j: whole.part(3, 4) };
    const source = cold(' (ij|)   ', values);
    const expected =    ' bc(d|)  ';
    expectObservable(source.pipe(played())).toBe(expected);
  }));

  it('should emit nothing before a due time with a fraction of a ms', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 0.001], ['c', 1.001], ['d', 2]) };
    const source = cold(' (i|)    ', values);
    const expected =    ' ab(x|)  ';
    expectObservable(source.pipe(played())).toBe(expected, { a: 'a', b: 'b', x: 'c d' });
  }));

  it('should play as many times as fast, and at once at an infinite rate', marbles(({ cold, expectObservable }) => {
    const values = () => ({ i: batch(['a', 0], ['b', 4], ['c', 10]) });
    expectObservable(cold('(i|)', values()).pipe(played({ rate: 2 }))).toBe('a-b--(c|)');
    expectObservable(cold('(i|)', values()).pipe(played({ rate: 0.5 }))).toBe('a-------b-----------(c|)');
    expectObservable(cold('i-|', values()).pipe(played({ rate: Infinity }))).toBe('x-|', { x: 'a b c' });
  }));

  it('should cut silences longer than `maxGap`, within a batch and between two', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 90]), j: batch(['c', 5000], ['d', 5001]) };
    const source = cold(' (ij|)        ', values);
    const expected =    ' a---b---c(d|)';
    expectObservable(source.pipe(played({ maxGap: 4 }))).toBe(expected);
  }));

  it('should emit together at once what arrived before `from`, and play from there', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 99.999], ['c', 100], ['d', 103]) };
    const source = cold(' (i|)     ', values);
    const expected =    ' x--(d|)  ';
    expectObservable(source.pipe(played({ from: instant(100) }))).toBe(expected, { x: 'a b c', d: 'd' });
  }));

  it('should emit at once what arrived before the one above it', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 5], ['c', 1], ['d', 9]) };
    const source = cold(' (i|)         ', values);
    const expected =    ' a----x---(d|)';
    expectObservable(source.pipe(played())).toBe(expected, { a: 'a', x: 'b c', d: 'd' });
  }));

  describe('until', () => {
    const i = () => batch(['a', 0], ['b', 2], ['c', 2], ['d', 5]);
    const j = () => batch(['e', 9], ['f', 3]);

    for (const [where, until, expected, subs] of [
      ['within a batch', 4, 'x-(y|)', '^!'],
      ['at the last of a moment', 2, 'x-(y|)', '^!'],
      ['before the second moment', 1.999, '(x|)', '^!'],
      ['at the end of a batch', 5, 'x-y--(d|)', '^-!'],
      ['before the next batch', 8, 'x-y--(d|)', '^-!'],
      ['before all', -1, '|', '^!'],
    ] as const) {
      it(`should end ${where}, and not read on`, marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('i-j---', { i: i(), j: j() });
        expectObservable(source.pipe(played({ until: instant(until) }))).toBe(expected, { x: 'a', y: 'b c', d: 'd' });
        expectSubscriptions(source.subscriptions).toBe(subs === '^!' ? '(^!)' : subs);
      }));
    }

    it('should end before the first that arrived later, also where another below it did not', marbles(({ cold, expectObservable }) => {
      expectObservable(cold('j---', { j: j() }).pipe(played({ until: instant(5), rate: Infinity }))).toBe('|');
      expectObservable(cold('ij--', { i: i(), j: j() }).pipe(played({ until: instant(5), rate: Infinity }))).toBe('x|', { x: 'a b c d' });
    }));
  });

  describe('commands$', () => {
    const i = () => batch(['a', 0], ['b', 4], ['c', 4], ['d', 8]);
    const cases: [name: string, commands: string, expected: string][] = [
      ['hold a batch in the middle, and go on from there', '--p--r     ', 'a------y---(d|)'],
      ['hold all of it', '                                  p          ', '-              '],
      ['emit one row for a step', '                         --s        ', 'a-b            '],
      ['emit one row for each step of a frame', '           --(ssp)    ', 'a-(bc)         '],
      ['change the rate amid a wait', '                     --d        ', 'a--y-(d|)      '],
      ['not wait at an infinite rate', '                    --m        ', 'a-(z|)         '],
      ['pass on an error of its commands', '                ------#    ', 'a---y-#        '],
    ];
    for (const [name, given, expected] of cases) {
      it(`should ${name}`, marbles(({ cold, expectObservable }) => {
        const values = { a: 'a', b: 'b', c: 'c', d: 'd', y: 'b c', z: 'b c d' };
        expectObservable(cold('(i|)', { i: i() }).pipe(played({ commands$: cold(given, commands) }))).toBe(expected, values);
      }));
    }
  });

  it('should note when each row was due, where it is emitted', () => {
    const dues: (readonly [number, readonly number[]])[] = [];
    const note = (options: ReplayOptions) => {
      const clock = new HandClock();
      dues.length = 0;
      of(batch(['a', 0], ['b', 0.5], ['c', 3]))
        .pipe(replayBatches<FixBatch>({ ...options, scheduler: clock }))
        .subscribe(({ columns: { due }, first, end }) => dues.push([clock.now(), [...due.slice(first, end)]]));
      for (let turn = 0; turn < 10; turn++) clock.advance(1);
      return dues;
    };
    expect(note({})).to.deep.equal([[0, [0]], [1, [0.5]], [3, [3]]]);
    expect(note({ from: instant(0.5) })).to.deep.equal([[0, [-Infinity, 0]], [3, [2.5]]]);
    expect(note({ rate: Infinity })).to.deep.equal([[0, [NaN, NaN, NaN]]]);
    expect(note({ commands$: of<Command>({ type: 'rate', rate: Infinity }) })).to.deep.equal([[0, [NaN, NaN, NaN]]]);
  });

  it('should keep what is not due as a copy, so that its source may go on', marbles(({ cold, expectObservable }) => {
    const values = { i: batch(['a', 0], ['b', 3]), j: batch(['c', 4]), k: batch(['d', 5]) };
    const source = cold(' (ij)k|       ', values);
    const expected =    ' a--bc(d|)    ';
    expectObservable(source.pipe(spoiling(), played())).toBe(expected);
  }));

  it('should pass on an error of its source at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' i-# ', { i: batch(['a', 0], ['b', 5]) });
    const subs =        ' ^-! ';
    const expected =    ' a-# ';
    expectObservable(source.pipe(played())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' i------- ', { i: batch(['a', 0], ['b', 2], ['c', 5]) });
    const subs =        ' ^---!    ';
    const unsub =       ' ----!    ';
    const expected =    ' a-b--    ';
    expectObservable(source.pipe(played()), unsub).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should start anew for each subscriber, of the same batches', marbles(({ hot, cold, expectObservable }) => {
    const values = () => ({ i: batch(['a', 0], ['b', 3]), j: batch(['c', 8]) });
    const shared = hot('  ij            ', values()).pipe(played({ maxGap: 3 }));
    expectObservable(shared, '^').toBe(' a--b--c');
    expectObservable(shared, '^').toBe(' a--b--c');
    const anew = cold('   (ij|)         ', values()).pipe(played({ maxGap: 3 }));
    expectObservable(anew, '^').toBe('   a--b--(c|)');
    expectObservable(anew, '--^').toBe(' --a--b--(c|)');
  }));

  describe('within an emission', () => {
    /** Plays batches that come by a subject; told of each emission amid it. */
    function within(
      emission: (names: string, source: Subject<FixBatch>) => void,
      options: ReplayOptions = {},
      operator: MonoTypeOperatorFunction<string> = tap(),
    ) {
      const clock = new HandClock();
      const source = new Subject<FixBatch>();
      const seen = new Seen(
        source.pipe(
          played({ ...options, scheduler: clock }),
          tap((names) => {
            emission(names, source);
          }),
          operator,
        ),
      );
      return { clock, source, seen };
    }

    it('should emit the rest of a batch when its source completes', () => {
      const { clock, source, seen } = within((_, source) => { source.complete(); });
      source.next(batch(['a', 0], ['b', 1]));
      expect([seen.values, seen.completed]).to.deep.equal([['a'], false]);
      clock.advance(1);
      expect([seen.values, seen.completed]).to.deep.equal([['a', 'b'], true]);
    });

    it('should emit no more when its source fails', () => {
      const error = new Error('disk on fire');
      const { clock, source, seen } = within((_, source) => { source.error(error); });
      source.next(batch(['a', 0], ['b', 1]));
      clock.advance(10);
      expect([seen.values, seen.error, clock.actions.length]).to.deep.equal([[], error, 0]); // which RxJS lets overtake the emission
    });

    it('should emit no more, and leave no timer, when its subscriber has had enough', () => {
      for (const enough of [1, 2]) {
        const { clock, source, seen } = within(() => undefined, {}, take(enough));
        source.next(batch(['a', 0], ['b', 1], ['c', 1.5], ['d', 9]));
        clock.advance(10);
        expect([seen.values, seen.completed, source.observed, clock.actions.length]).to.deep.equal([
          ['a', 'b'].slice(0, enough),
          true,
          false,
          0,
        ]);
      }
    });

    it('should pass on what is thrown below it', () => {
      const error = new Error('a bug');
      const { clock, source, seen } = within(() => { throw error; });
      source.next(batch(['a', 0], ['b', 1]));
      clock.advance(10);
      expect([seen.values, seen.error, source.observed]).to.deep.equal([[], error, false]);
    });

    it('should take a part of a batch that comes then, after what waits', () => {
      const more = batch(['x', 0], ['y', 0], ['c', 0], ['d', 7]).part(2, 4);
      for (const first of [batch(['a', 0]), batch(['a', 0], ['b', 3])]) {
        const { clock, source, seen } = within((names, source) => {
          if (names === 'a') source.next(more);
        });
        source.next(first);
        source.complete();
        clock.advance(10);
        expect([seen.values.join(' '), seen.completed]).to.deep.equal([first.end === 1 ? 'a c d' : 'a b c d', true]);
      }
    });

    it('should hold what is next when it is paused', () => {
      const commands$ = new Subject<Command>();
      const { clock, source, seen } = within(() => { commands$.next({ type: 'pause' }); }, { commands$ });
      source.next(batch(['a', 0], ['b', 2], ['c', 3]));
      clock.advance(10);
      expect(seen.values).to.deep.equal(['a']);
      commands$.next({ type: 'resume' });
      clock.advance(2);
      expect(seen.values).to.deep.equal(['a', 'b']);
    });
  });

  const sizes = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }).filter((sizes) => sizes.some((size) => size > 0));

  it('should emit each row once, in order and never early, on a clock that stands still or goes on at each look', () => {
    fc.assert(
      fc.property(arrivals, timings, sizes, fc.constantFrom(0, 0.1, 0.3, 1, 3), (arrived, timing, sizes, step) => {
        const clock = new TickingClock(step);
        const fixes = arrived.map((arrival, i) => fix(String(i), { event: arrival }));
        const devices = new DeviceIds();
        const seen: string[] = [];
        from(cutInto(fixes, sizes))
          .pipe(map((piece) => batchOf(piece, devices)), spoiling(), replayBatches<FixBatch>({ ...timing, scheduler: clock }))
          .subscribe((batch) => {
            const now = clock.now();
            expect(batch.end).to.be.above(batch.first);
            for (let row = batch.first; row < batch.end; row++)
              if (batch.columns.due[row]! > now) expect.fail(`due at ${batch.columns.due[row]}, emitted at ${now}`);
            seen.push(...fixesOf(batch).map(({ device }) => device));
          });
        for (let turn = 0; turn < 10_000 && seen.length < fixes.length; turn++) clock.advance(turn < 100 ? 1 : 10_000);
        expect(seen).to.deep.equal(fixes.map(({ device }) => device));
      }),
    );
  });

  it('should emit what `replay` emits, at the same times and with the same due times, however it is cut into batches, steered and ended', () => {
    const command = fc.oneof(
      fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }, { type: 'step' }),
      fc.constantFrom(1, 2, 4, Infinity).map((rate): Command => ({ type: 'rate', rate })),
    );
    const steering = fc.option(
      fc
        .array(fc.record({ at: fc.integer({ min: 1, max: 40 }), command }), { maxLength: 8 })
        .map((all) => [
          ...all.sort((one, other) => one.at - other.at),
          { at: 50, command: { type: 'rate', rate: Infinity } as const },
          { at: 50, command: { type: 'resume' } as const },
        ]),
      { nil: undefined },
    );
    const waits = fc.array(fc.constantFrom(0, 0, 0, 1, 7), { minLength: 1, maxLength: 4 });
    const ends = fc.option(fc.nat({ max: 60 }), { nil: undefined });
    fc.assert(
      fc.property(arrivals, timings, sizes, waits, steering, ends, (arrived, timing, sizes, waits, steering, ends) => {
        const fixes = arrived.map((arrival, i) => fix(String(i), { event: arrival }));
        const until = ends === undefined ? undefined : fixes[ends % Math.max(1, fixes.length)]?.arrival;
        /** What is emitted: when, by which name, and due when; the source gives a piece every so often. */
        const run = (
          play: (
            source: Observable<readonly Fix[]>,
            options: ReplayEachOptions<Fix>,
            see: (name: string, due: number) => void,
          ) => Observable<unknown>,
        ) => {
          const seen: unknown[] = [];
          const scheduler = new TestScheduler(() => undefined);
          scheduler.run(() => {
            const commands$ = steering && concat(from(steering).pipe(mergeMap(({ at, command }) => of(command).pipe(delay(at)))), NEVER);
            const source = from(cutInto(fixes, sizes)).pipe(
              concatMap((piece, i) => (waits[i % waits.length] === 0 ? of(piece) : timer(waits[i % waits.length]!).pipe(map(() => piece)))),
            );
            play(source, { ...timing, until, commands$ }, (name, due) => seen.push([scheduler.now(), name, due])).subscribe({
              complete: () => seen.push([scheduler.now(), 'complete']),
            });
          });
          return seen;
        };
        const each = run((source, options, see) => {
          let due = NaN;
          return source.pipe(
            mergeMap((piece) => piece),
            replay({ ...options, onEmit: (_, at) => (due = at) }),
            tap(({ device }) => {
              see(device, due);
              due = NaN;
            }),
          );
        });
        const inBatches = run((source, options, see) => {
          const devices = new DeviceIds();
          return source.pipe(
            map((piece) => batchOf(piece, devices)),
            spoiling(),
            replayBatches<FixBatch>(options),
            tap((batch) => {
              fixesOf(batch).forEach(({ device }, i) => {
                see(device, batch.columns.due[batch.first + i]!);
              });
            }),
          );
        });
        expect(inBatches).to.deep.equal(each);
      }),
      { numRuns: 300 },
    );
  });
});
