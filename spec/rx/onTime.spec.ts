import { expect } from 'chai';
import fc from 'fast-check';
import { from, map, NEVER, Observable, of, pipe, range, Subject, take, tap, throwError, type SchedulerLike } from 'rxjs';
import { onTime as onTimeOf, type Rows } from '../../src/rx/onTime.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { Single } from '../support/Single.js';
import { skewed } from '../support/skewed.js';
import { TickingClock } from '../support/TickingClock.js';
import { unheard } from '../support/unheard.js';

interface Due {
  readonly due: number;
}

const onTimeBy = <T>(dueOf: (item: T) => number, again$: Observable<unknown>, scheduler: SchedulerLike) =>
  pipe(map((item: T) => new Single(item)), onTimeOf({ dueOf: ({ item }) => dueOf(item) }, again$, scheduler), map(({ item }) => item));
const onTime = <T extends Due>(scheduler: SchedulerLike, again$: Observable<unknown> = NEVER) =>
  onTimeBy<T>(({ due }) => due, again$, scheduler);
const at = (due: number): Due => ({ due });
const values = { a: at(1), b: at(3), c: at(3), o: at(0), p: at(-Infinity) };

describe('onTime', () => {
  let errors: () => Promise<unknown[]>;

  beforeEach(() => {
    errors = unheard();
  });

  afterEach(async () => {
    expect(await errors()).to.deep.equal([]);
  });

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
    source
      .pipe(
        onTime(clock),
        tap(({ name }) => {
          if (name === 'a') source.next({ due: 0, name: 'again' });
        }),
      )
      .subscribe(({ name }) => seen.push(name));
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

  it('should wait longer than its longest timer, with one timer at a time', () => {
    const clock = new HandClock();
    let most = 0;
    const counted = skewed(clock, (delay) => {
      most = Math.max(most, clock.actions.length + 1);
      expect(delay).to.be.at.most(1000);
      return delay;
    });
    const seen = new Seen(of(at(86_400_000)).pipe(onTime(counted)));
    clock.advance(86_399_999);
    expect([seen.values.length, most]).to.deep.equal([0, 1]);
    clock.advance(1);
    expect([seen.values.length, most]).to.deep.equal([1, 1]);
  });

  it('should not emit within the millisecond before a due time with a fraction', marbles(({ expectObservable }, scheduler) => {
    const expected = '---(x|)';
    expectObservable(of(at(2.001)).pipe(onTime(scheduler))).toBe(expected, { x: at(2.001) });
  }));

  it('should set no timer when it has ended in its own emission, be it of its source or of a timer', () => {
    for (const next of [1, 2, 1000, -Infinity]) {
      const clock = new HandClock();
      let timers = 0;
      const counted = skewed(clock, (delay) => {
        timers++;
        return delay;
      });
      const seen = [
        new Seen(of(at(0), at(0), at(next)).pipe(onTime(counted), take(2))),
        new Seen(of(at(1), at(1), at(next), at(3)).pipe(onTime(counted), take(2))),
      ];
      clock.advance(10);
      expect(
        seen.map(({ values, completed }) => [values.length, completed]),
        `the next due at ${next}`,
      ).to.deep.equal([
        [2, true],
        [2, true],
      ]);
      expect(timers).to.equal(1);
    }
  });

  it('should end an endless source that ends in its own emission', () => {
    let taken = 0;
    const source = range(0, Infinity).pipe(map(() => at(0)), tap(() => taken++));
    const seen = new Seen(source.pipe(onTime(new HandClock()), take(3)));
    expect([seen.values.length, seen.completed, taken]).to.deep.equal([3, true, 3]);
  });

  describe('on a clock that goes on at every look', () => {
    const dues = fc.array(fc.integer({ min: 0, max: 40 }).map((quarters) => at(quarters / 4)), { minLength: 1, maxLength: 20 });
    const steps = fc.constantFrom(0.1, 0.25, 0.3, 1, 3);

    it('should emit each once, in order and never early, and end where its subscriber ends it', () => {
      fc.assert(fc.property(dues, steps, fc.nat(20), (items, step, ends) => {
        const clock = new TickingClock(step);
        const early: Due[] = [];
        const seen = new Seen(
          from(items).pipe(
            onTime(clock),
            tap((item) => {
              if (item.due > clock.now()) early.push(item);
            }),
            take(ends),
          ),
        );
        for (let turn = 0; turn < 100; turn++) clock.advance(1);
        expect(seen.values).to.deep.equal(items.slice(0, ends));
        expect([seen.completed, early.length, clock.actions.length]).to.deep.equal([true, 0, 0]);
      }));
    });

    it('should wait with one timer, and leave none when it is unsubscribed from', () => {
      fc.assert(fc.property(dues, steps, fc.nat(20), (items, step, turns) => {
        const clock = new TickingClock(step);
        const source = new Subject<Due>();
        const subscription = source.pipe(onTime(clock)).subscribe();
        for (const item of [...items, at(60_000)]) source.next(item);
        for (let turn = 0; turn < turns; turn++) clock.advance(1);
        expect(clock.actions).to.have.length(1);
        subscription.unsubscribe();
        expect(clock.actions).to.have.length(0);
      }));
    });
  });

  it('should pass on what `dueOf` or the clock throws, and let go of its source', () => {
    for (const broken of ['due', 'now']) {
      const clock = new HandClock();
      const error = new Error('a bug');
      const source = new Subject<Due>();
      let looks = 0;
      const thrown = <T>(value: T): T => {
        if (++looks > 2) throw error;
        return value;
      };
      const dueOf = ({ due }: Due) => (broken === 'due' ? thrown(due) : due);
      const now = () => (broken === 'now' ? thrown(clock.now()) : clock.now());
      const seen = new Seen(source.pipe(onTimeBy(dueOf, NEVER, { now, schedule: clock.schedule.bind(clock) })));
      source.next(at(0));
      source.next(at(5));
      expect(seen.error).to.equal(undefined);
      clock.advance(5);
      expect(seen.error).to.equal(error);
      expect([seen.values.length, source.observed, clock.actions.length]).to.deep.equal([1, false, 0]);
    }
  });

  it('should obey an end of its source within its own emission', () => {
    const error = new Error('disk on fire');
    for (const end of ['complete', 'error'] as const) {
      const clock = new HandClock();
      const source = new Subject<Due>();
      const seen: unknown[] = [];
      source.pipe(onTime(clock)).subscribe({
        next: ({ due }) => {
          seen.push(due);
          if (end === 'complete') source.complete();
          else source.error(error);
        },
        error: (error: unknown) => seen.push(error),
        complete: () => seen.push('complete'),
      });
      source.next(at(1));
      source.next(at(1));
      clock.advance(1);
      expect(seen).to.deep.equal(end === 'complete' ? [1, 1, 'complete'] : [1, error]);
      expect(clock.actions).to.have.length(0);
    }
  });

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

    it('should let go of it when it is unsubscribed from as it is subscribed to', () => {
      let open = 0;
      const again = new Observable<void>((subscriber) => {
        open++;
        subscriber.next();
        return () => open--;
      });
      const source = new Subject<Due>();
      source.pipe(onTime(new HandClock(), again), take(0)).subscribe();
      const outer = new Observable<Due>((subscriber) => {
        const within = again.pipe(tap(() => { subscriber.unsubscribe(); }));
        return source.pipe(onTime(new HandClock(), within)).subscribe(subscriber);
      });
      outer.subscribe();
      expect([open, source.observed]).to.deep.equal([0, false]);
    });

    it('should end within an emission that it leads to', () => {
      const clock = new HandClock();
      const again = new Subject<void>();
      let shift = Infinity;
      const seen = new Seen(of(at(0), at(1), at(2000)).pipe(onTimeBy(({ due }) => due + shift, again, clock), take(2)));
      shift = -1;
      again.next();
      expect([seen.values.length, seen.completed, again.observed, clock.actions.length]).to.deep.equal([2, true, false, 0]);
    });

    it('should not begin again amid what it is emitting', () => {
      const clock = new HandClock();
      const again = new Subject<void>();
      const seen: number[] = [];
      of(at(1), at(1), at(1)).pipe(onTime(clock, again), tap(() => { again.next(); })).subscribe(({ due }) => seen.push(due));
      clock.advance(1);
      expect(seen).to.deep.equal([1, 1, 1]);
    });
  });

  describe('of items of several rows', () => {
    /** Rows that are due at so many ms each. */
    class Several implements Rows<Several> {
      readonly dues: readonly number[];
      readonly first: number;
      readonly end: number;
      readonly wasKept: boolean;

      constructor(dues: readonly number[], first = 0, end = dues.length, wasKept = false) {
        this.dues = dues;
        this.first = first;
        this.end = end;
        this.wasKept = wasKept;
      }

      get rows(): string {
        return `${this.wasKept ? 'kept ' : ''}${this.dues.slice(this.first, this.end).join(' ')}`;
      }

      part(first: number, end: number): Several {
        return new Several(this.dues, first, end, this.wasKept);
      }

      kept(): Several {
        return new Several([...this.dues.slice(this.first, this.end)], 0, this.end - this.first, true);
      }
    }
    const dueOf = ({ dues }: Several, row: number) => dues[row]!;
    const emitted = (scheduler: SchedulerLike, again$: Observable<unknown> = NEVER) =>
      pipe(
        onTimeOf<Several>({ dueOf }, again$, scheduler),
        map(({ rows }) => rows),
      );

    it('should emit together what is due together, and keep a copy of the rest', marbles(({ cold, expectObservable }, scheduler) => {
      const source = cold(' (i|)     ', { i: new Several([0, 0, 2, 2, 5]) });
      const expected =    ' a-b--(c|)';
      expectObservable(source.pipe(emitted(scheduler))).toBe(expected, { a: '0 0', b: 'kept 2 2', c: 'kept 5' });
    }));

    it('should pass on as it is what is due at once, of several items too', marbles(({ cold, expectObservable }, scheduler) => {
      const source = cold(' (ij|)', { i: new Several([0, 0]), j: new Several([-1]) });
      expectObservable(source.pipe(emitted(scheduler))).toBe('(ab|)', { a: '0 0', b: '-1' });
    }));

    it('should keep the order over items, also when a later one is due earlier', marbles(({ cold, expectObservable }, scheduler) => {
      const source = cold(' (ij|)       ', { i: new Several([0, 3]), j: new Several([1, 9]) });
      const expected =    ' a--(bc)--(d|)';
      expectObservable(source.pipe(emitted(scheduler))).toBe(expected, { a: '0', b: 'kept 3', c: 'kept 1', d: 'kept 9' });
    }));

    it('should have nothing to emit of an item without rows, and go on', marbles(({ cold, expectObservable }, scheduler) => {
      const source = cold(' (nin|)   ', { n: new Several([]), i: new Several([2]) });
      expectObservable(source.pipe(emitted(scheduler))).toBe(' --(a|)', { a: 'kept 2' });
    }));

    it('should emit each row once and in order, never early, however it is cut into items and whatever is due when', () => {
      const items = fc.array(fc.array(fc.nat({ max: 50 }), { maxLength: 5 }), { maxLength: 8 });
      fc.assert(
        fc.property(items, fc.constantFrom(0, 0.3, 2), (items, step) => {
          const clock = new TickingClock(step);
          const dues: number[] = [];
          from(items)
            .pipe(
              map((dues) => new Several(dues)),
              onTimeOf<Several>(
                {
                  dueOf,
                  onDue: ({ dues }, row, now) => {
                    expect(dues[row]).to.be.at.most(now);
                  },
                },
                NEVER,
                clock,
              ),
            )
            .subscribe(({ dues: all, first, end }) => dues.push(...all.slice(first, end)));
          clock.advance(2000);
          expect(dues).to.deep.equal(items.flat());
        }),
      );
    });

    it('should emit no more of an item once its subscriber has ended it', () => {
      const clock = new TickingClock(1);
      const seen: string[] = [];
      of(new Several([0, 0, 500]), new Several([0])).pipe(emitted(clock), take(1)).subscribe((rows) => seen.push(rows));
      clock.advance(2000);
      expect(seen).to.deep.equal(['0 0']);
      expect(clock.actions).to.deep.equal([]);
    });
  });
});
