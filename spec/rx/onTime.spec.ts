import { expect } from 'chai';
import { map, NEVER, of, range, Subject, tap, throwError, type Observable, type SchedulerLike } from 'rxjs';
import { onTime as onTimeBy } from '../../src/rx/onTime.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { skewed } from '../support/skewed.js';

interface Due {
  readonly due: number;
}

const onTime = <T extends Due>(scheduler: SchedulerLike, again$: Observable<unknown> = NEVER) => onTimeBy<T>(({ due }) => due, again$, scheduler);
const at = (due: number): Due => ({ due });
const values = { a: at(1), b: at(3), c: at(3), o: at(0), p: at(-Infinity) };

describe('onTime', () => {
  it('should emit each when it is due', marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
    const source = cold(' (abc|)      ', values);
    const subs =        ' (^!)        ';
    const expected =    ' -a-(bc|)    ';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should emit at once what is behind', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' -----a(bp)o|', values);
    const expected =    ' -----a(bp)o|';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected, values);
  }));

  it('should keep the order, also when the next is due earlier', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' (boa|)    ', values);
    const expected =    ' ---(boa|) ';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected, values);
  }));

  it('should emit nothing while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
    const source = cold<Due>(' - ');
    const subs =             ' ^ ';
    const expected =         ' - ';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should complete with an empty source', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold<Due>(' --| ');
    const expected =         ' --| ';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected);
  }));

  it('should pass on an error at once, and emit no more', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' (ab)-# ', values);
    const expected =    ' -a-b-# ';
    const early = cold( ' (ab)#  ', values);
    const cut =         ' -a-b#  ';
    expectObservable(source.pipe(onTime(scheduler))).toBe(expected, values);
    expectObservable(early.pipe(onTime(scheduler))).toBe(cut, values);
  }));

  it('should let go of its source and its timer when unsubscribed from', () => {
    const clock = new HandClock();
    const source = new Subject<Due>();
    const seen: Due[] = [];
    const subscription = source.pipe(onTime(clock)).subscribe((item) => seen.push(item));
    source.next(at(3));
    expect(clock.actions).to.have.length(1);
    subscription.unsubscribe();
    expect([clock.actions.length, source.observed, seen.length]).to.deep.equal([0, false, 0]);
  });

  it('should emit no more when it is unsubscribed from amid what is due', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' (abc|)   ', values);
    const unsub =       ' ---!     ';
    const expected =    ' -a-      ';
    expectObservable(source.pipe(onTime(scheduler)), unsub).toBe(expected, values);
  }));

  it('should hold another queue for each subscriber', marbles(({ cold, expectObservable }, scheduler) => {
    const played = cold('(abc|)     ', values).pipe(onTime(scheduler));
    const first =       '^          ';
    const expected1 =   '-a-(bc|)   ';
    const second =      '--^        ';
    const expected2 =   '--a(bc|)   ';
    expectObservable(played, first).toBe(expected1, values);
    expectObservable(played, second).toBe(expected2, values);
  }));

  it('should not emit early when timers wake up early', marbles(({ cold, expectObservable }, scheduler) => {
    const source = cold(' (ab|)     ', { a: at(8), b: at(20) });
    const expected =    ' --------a-----------(b|)';
    expectObservable(source.pipe(onTime(skewed(scheduler, (delay) => Math.ceil(delay / 2))))).toBe(expected, { a: at(8), b: at(20) });
  }));

  it('should take what comes while it emits after what is waiting', () => {
    const clock = new HandClock();
    const source = new Subject<Due & { readonly name: string }>();
    const seen: string[] = [];
    source.pipe(onTime(clock), tap(({ name }) => { if (name === 'a') source.next({ due: 0, name: 'again' }); })).subscribe(({ name }) => seen.push(name));
    source.next({ due: 2, name: 'a' });
    source.next({ due: 2, name: 'b' });
    clock.advance(2);
    expect(seen).to.deep.equal(['a', 'b', 'again']);
  });

  it('should pass on what is thrown below it to its subscriber, not to the clock', marbles(({ cold, expectObservable }, scheduler) => {
    const error = new Error('a bug');
    const source = cold(' (ab|) ', values);
    const expected =    ' -a-#  ';
    const thrown = source.pipe(onTime(scheduler), map((item, i) => {
      if (i === 1) throw error;
      return item;
    }));
    expectObservable(thrown).toBe(expected, values, error);
  }));

  it('should catch up with any number of items that are behind at once', () => {
    const clock = new HandClock();
    let emitted = 0;
    const behind = range(0, 100_000).pipe(map((i) => at(i === 0 ? 1 : 2)), onTime(clock));
    behind.subscribe(() => emitted++);
    clock.advance(1);
    clock.advance(5000);
    expect(emitted).to.equal(100_000);
  });

  it('should complete when the last has been emitted', marbles(({ expectObservable }, scheduler) => {
    const expected = '-----(x|)';
    expectObservable(of(at(5)).pipe(onTime(scheduler))).toBe(expected, { x: at(5) });
  }));

  describe('again$', () => {
    it('should ask anew when what waits is due', marbles(({ cold, expectObservable }, scheduler) => {
      let shift = 0;
      const source = cold('(abc|)     ', values);
      const again =  cold('--x-y-|    ', { x: Infinity, y: 0 }).pipe(tap((to) => (shift = to)));
      const expected =    '-a--(bc|)  ';
      expectObservable(source.pipe(onTimeBy(({ due }) => due + shift, again, scheduler))).toBe(expected, values);
    }));

    it('should let go of it in the end, and pass on its error', marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const again = cold('------|');
      expectObservable(cold('(abc|)', values).pipe(onTime(scheduler, again))).toBe('-a-(bc|)', values);
      expectSubscriptions(again.subscriptions).toBe('^--!');
      expectObservable(cold('(abc|)', values).pipe(onTime(scheduler, cold('--#')))).toBe('-a#', values);
    }));

    it('should not subscribe to its source if that fails before', marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const error = new Error('no more commands');
      const source = cold('(abc|)', values);
      expectObservable(source.pipe(onTime(scheduler, throwError(() => error)))).toBe('#', {}, error);
      expectSubscriptions(source.subscriptions).toBe([]);
    }));

    it('should not begin again amid what it is emitting', () => {
      const clock = new HandClock();
      const again = new Subject<void>();
      const seen: number[] = [];
      of(at(1), at(1), at(1)).pipe(onTime(clock, again), tap(() => { again.next(); })).subscribe(({ due }) => seen.push(due));
      clock.advance(1);
      expect(seen).to.deep.equal([1, 1, 1]);
    });
  });
});
