import { expect } from 'chai';
import fc from 'fast-check';
import { catchError, concat, defer, map, merge, NEVER, of, Subject, take, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { flush } from '../../src/rx/flush.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { skewed } from '../support/skewed.js';

const batches = { x: ['a', 'b'], y: ['c'], z: ['d'] };

describe('flush', () => {
  it('should gather items into batches, and never emit an empty one', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b-------c--------------d-|   ');
    const subs =        ' ^---------------------------!   ';
    const expected =    ' -----x---------y------------(z|)';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected, batches);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should gather for a second unless told otherwise', marbles(({ cold, expectObservable }) => {
    const source = cold(' a 500ms b 2s c 97ms |   ');
    const expected =    ' 1s x 1599ms (y|)        ';
    expectObservable(source.pipe(flush())).toBe(expected, batches);
  }));

  it('should measure time on the scheduler it is given', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' -a-b---| ');
    const expected =    ' -----x-| ';
    expectObservable(source.pipe(flush({ every: 5, scheduler }))).toBe(expected, batches);
  }));

  it(
    'should emit nothing, not even empty batches, while its source does not',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' -------------- ');
      const subs = ' ^------------! ';
      const unsub = ' -------------! ';
      const expected = ' -------------- ';
      expectObservable(source.pipe(flush({ every: 5 })), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('should complete with an empty source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' --------| ');
    const subs =        ' ^-------! ';
    const expected =    ' --------| ';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should emit a single item when its time is up', marbles(({ cold, expectObservable }) => {
    const source = cold(' --c-----| ');
    const expected =    ' -----y--| ';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected, batches);
  }));

  it('should gather what comes at once, in order', marbles(({ cold, expectObservable }) => {
    const source = cold(' -(ab)--| ');
    const expected =    ' -----x-| ';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected, batches);
  }));

  it('should emit the last batch on completion, without waiting', marbles(({ cold, expectObservable }) => {
    const source = cold(' -a-b-|   ');
    const expected =    ' -----(x|)';
    expectObservable(source.pipe(flush({ every: 50 }))).toBe(expected, batches);
  }));

  it('should emit the last batch before an error', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b---c-#   ');
    const subs =        ' ^--------!   ';
    const expected =    ' -----x---(y#)';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected, batches);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should emit no empty batch before an error', marbles(({ cold, expectObservable }) => {
    const source = cold(' -a-b---# ');
    const expected =    ' -----x-# ';
    expectObservable(source.pipe(flush({ every: 5 }))).toBe(expected, batches);
  }));

  it('should pass on any error, also 0', marbles(({ cold, expectObservable }) => {
    const source = cold(' -c-|     ');
    const expected =    ' ---(yf|) ';
    // eslint-disable-next-line rxjs-x/throw-error -- no code of ours does, but a stream from elsewhere may
    const failing = concat(source, throwError(() => 0));
    const result = failing.pipe(flush({ every: 5 }), catchError((error: unknown) => of({ error })));
    expectObservable(result).toBe(expected, { ...batches, f: { error: 0 } });
  }));

  describe('max', () => {
    it('should emit as soon as so many wait, and give the rest the full time from then', marbles(({ cold, expectObservable }) => {
      const source = cold(' -abc-----| ');
      const expected =    ' --x----y-| ';
      expectObservable(source.pipe(flush({ every: 5, max: 2 }))).toBe(expected, batches);
    }));

    it('should split what comes at once', marbles(({ cold, expectObservable }) => {
      const source = cold(' -(abc)---| ');
      const expected =    ' -x----y--| ';
      expectObservable(source.pipe(flush({ every: 5, max: 2 }))).toBe(expected, batches);
    }));

    it(
      'should count each item for as many as it has, and emit with the one with which there are enough',
      marbles(({ cold, expectObservable }) => {
        const source = cold(' -a-bc---d-e-|    ', { a: 2, b: 1, c: 2, d: 9, e: 1 });
        const expected = ' ----x---y---(z|) ';
        expectObservable(source.pipe(flush({ every: 50, max: 4, sizeOf: (item) => item }))).toBe(expected, {
          x: [2, 1, 2],
          y: [9],
          z: [1],
        });
      }),
    );

    it('should neither wait for nor count what has nothing in it, but emit it in its turn', marbles(({ cold, expectObservable }) => {
      const source = cold(' -(nan)b--n|     ', { n: 0, a: 3, b: 1 });
      const expected =    ' ------x---(y|)  ';
      expectObservable(source.pipe(flush({ every: 50, max: 4, sizeOf: (item) => item }))).toBe(expected, { x: [0, 3, 0, 1], y: [0] });
    }));

    it('should pass on at once what `sizeOf` throws', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const error = new Error('a bug');
      const sizeOf = (item: string) => {
        if (item === 'c') throw error;
        return 1;
      };
      const source = cold(' ab-c-d ');
      const subs =        ' ^--!   ';
      const expected =    ' ---#   ';
      expectObservable(source.pipe(flush({ every: 5, max: 9, sizeOf }))).toBe(expected, undefined, error);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));

    it('should end within an emission of a full batch: with its source, by its error, or by its subscriber', () => {
      const error = new Error('disk on fire');
      for (const end of ['complete', 'error', 'take'] as const) {
        const clock = new HandClock();
        const source = new Subject<number>();
        const seen: unknown[] = [];
        source.pipe(flush({ every: 5, max: 3, sizeOf: (item) => item, scheduler: clock }), take(end === 'take' ? 1 : 9)).subscribe({
          next: (batch) => {
            seen.push(batch);
            if (end !== 'take') source[end](error);
          },
          error: (error: unknown) => seen.push(error),
          complete: () => seen.push('complete'),
        });
        for (const item of [1, 2, 1]) source.next(item);
        expect(seen).to.deep.equal([[1, 2], end === 'error' ? error : 'complete']);
        expect([source.observed, clock.actions.length], end).to.deep.equal([false, 0]);
      }
    });
  });


  describe('while a batch goes out', () => {
    it('should lose nothing that comes meanwhile, be it a full batch or one whose time is up', () => {
      for (const max of [2, 3, Infinity]) {
        const clock = new HandClock();
        const source = new Subject<string>();
        const batches: (readonly string[])[] = [];
        source.pipe(flush({ every: 5, max, scheduler: clock })).subscribe((batch) => {
          batches.push(batch);
          const { length } = batches;
          if (length <= 3) for (const item of ['x', 'y', 'z']) source.next(`${item}${length}`);
        });
        for (const item of ['a', 'b', 'c']) source.next(item);
        for (let turn = 0; turn < 5; turn++) clock.advance(5);
        source.complete();
        expect(batches.flat(), `max ${max}`).to.have.members(['a', 'b', 'c', 'x1', 'y1', 'z1', 'x2', 'y2', 'z2', 'x3', 'y3', 'z3']);
        for (const batch of batches) expect(batch).to.not.be.empty;
        expect(clock.actions).to.deep.equal([]);
      }
    });

    it('should give what comes meanwhile the full time', () => {
      const clock = new HandClock();
      const source = new Subject<string>();
      const seen: unknown[] = [];
      source.pipe(flush({ every: 5, scheduler: clock })).subscribe((batch) => {
        seen.push([clock.now(), ...batch]);
        if (seen.length === 1) source.next('b');
      });
      source.next('a');
      clock.advance(20);
      expect(seen).to.deep.equal([[5, 'a'], [10, 'b']]);
    });

    it('should deliver what came meanwhile before the end that came with it', () => {
      const error = new Error('disk on fire');
      for (const end of ['complete', 'error'] as const) {
        const clock = new HandClock();
        const source = new Subject<string>();
        const seen: unknown[] = [];
        source.pipe(flush({ every: 5, scheduler: clock })).subscribe({
          next: (batch) => {
            seen.push(batch);
            source.next('b');
            source[end](error);
          },
          error: (error: unknown) => seen.push(error),
          complete: () => seen.push('complete'),
        });
        source.next('a');
        clock.advance(5);
        expect(seen).to.deep.equal([['a'], ['b'], end === 'complete' ? 'complete' : error]);
      }
    });
  });

  it('should wait as long as it is told to, or at least as long as a timer can', () => {
    const clock = new HandClock();
    const delays: number[] = [];
    const counted = skewed(clock, (delay) => {
      delays.push(delay);
      return delay;
    });
    for (const every of [1, 86_400_000, 2 ** 31, Infinity]) new Seen(NEVER.pipe(flush({ every, scheduler: counted })));
    expect(delays).to.deep.equal([1, 86_400_000, 2 ** 31 - 1, 2 ** 31 - 1]);
  });

  it(
    'should let go of its source and drop what is open when unsubscribed from',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' -a-b---c-----| ');
      const subs = ' ^-------!      ';
      const unsub = ' --------!      ';
      const expected = ' -----x---      ';
      expectObservable(source.pipe(flush({ every: 5 })), unsub).toBe(expected, batches);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('should gather for each subscriber by itself', marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b---c-|    ');
    const first =      ' ^             ';
    const firstSub =   ' ^--------!    ';
    const expected1 =  ' -----x---(y|) ';
    const second =     ' ------^       ';
    const secondSub =  ' ------^--!    ';
    const expected2 =  ' ---------(y|) ';
    const flushed = source.pipe(flush({ every: 5 }));
    expectObservable(flushed, first).toBe(expected1, batches);
    expectObservable(flushed, second).toBe(expected2, batches);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it('should forget an error when subscribed to again', marbles(({ cold, expectObservable }) => {
    let tries = 0;
    const failing = cold(' -c#       ');
    const working = cold('    -c|    ');
    const first =        ' ^         ';
    const expected1 =    ' --(y#)    ';
    const second =       ' ---^      ';
    const expected2 =    ' -----(y|) ';
    const flushed = defer(() => (tries++ === 0 ? failing : working)).pipe(flush({ every: 5 }));
    expectObservable(flushed, first).toBe(expected1, batches);
    expectObservable(flushed, second).toBe(expected2, batches);
  }));

  it('should deliver every item once, in order, within the time, in batches no larger than `max`', () => {
    const times = fc.array(fc.nat(100), { maxLength: 50 }).map((times) => times.sort((one, other) => one - other));
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 30 }), fc.constantFrom(1, 3, Infinity), (times, every, max) => {
        const scheduler = new TestScheduler(() => undefined);
        const delivered: number[] = [];
        scheduler.run(() => {
          const source = merge(...times.map((time) => timer(time).pipe(map(() => time))));
          source.pipe(flush({ every, max })).subscribe((batch) => {
            delivered.push(...batch);
            expect(batch.length).to.be.within(1, max);
            for (const time of batch) expect(scheduler.now() - time).to.be.within(0, every);
          });
        });
        expect(delivered).to.deep.equal(times);
      }),
    );
  });
});
