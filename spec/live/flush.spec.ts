import { expect } from 'chai';
import fc from 'fast-check';
import { catchError, concat, defer, map, merge, of, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { flush } from '../../src/live/flush.js';
import { marbles } from '../support/marbles.js';

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

  it('should emit nothing, not even empty batches, while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -------------- ');
    const subs =        ' ^------------! ';
    const unsub =       ' -------------! ';
    const expected =    ' -------------- ';
    expectObservable(source.pipe(flush({ every: 5 })), unsub).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

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

  describe('most', () => {
    it('should emit as soon as so many wait, and give the rest the full time from then', marbles(({ cold, expectObservable }) => {
      const source = cold(' -abc-----| ');
      const expected =    ' --x----y-| ';
      expectObservable(source.pipe(flush({ every: 5, most: 2 }))).toBe(expected, batches);
    }));

    it('should split what comes at once', marbles(({ cold, expectObservable }) => {
      const source = cold(' -(abc)---| ');
      const expected =    ' -x----y--| ';
      expectObservable(source.pipe(flush({ every: 5, most: 2 }))).toBe(expected, batches);
    }));
  });

  it('should let go of its source and drop what is open when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b---c-----| ');
    const subs =        ' ^-------!      ';
    const unsub =       ' --------!      ';
    const expected =    ' -----x---      ';
    expectObservable(source.pipe(flush({ every: 5 })), unsub).toBe(expected, batches);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

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

  it('should deliver every item once, in order, within the time, in batches no larger than `most`', () => {
    const times = fc.array(fc.nat(100), { maxLength: 50 }).map((times) => times.sort((one, other) => one - other));
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 30 }), fc.constantFrom(1, 3, Infinity), (times, every, most) => {
        const scheduler = new TestScheduler(() => undefined);
        const delivered: number[] = [];
        scheduler.run(() => {
          const source = merge(...times.map((time) => timer(time).pipe(map(() => time))));
          source.pipe(flush({ every, most })).subscribe((batch) => {
            delivered.push(...batch);
            expect(batch.length).to.be.within(1, most);
            for (const time of batch) expect(scheduler.now() - time).to.be.within(0, every);
          });
        });
        expect(delivered).to.deep.equal(times);
      }),
    );
  });
});
