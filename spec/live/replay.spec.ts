import { expect } from 'chai';
import fc from 'fast-check';
import { from } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Pace } from '../../src/live/Pacing.js';
import { replay, type Arrived } from '../../src/live/replay.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { skewed } from '../support/skewed.js';
import { slowTimetable } from '../support/slowTimetable.js';
import { arrivals, timings } from '../support/timings.js';

const noon = Date.UTC(2021, 9, 23, 12) * 1000;

/** What arrived so many ms after noon. */
const at = (millis: number): Arrived => ({ arrival: noon + Math.round(millis * 1000) });

describe('replay', () => {
  it('should emit each as long after the first as it arrived after it', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(0), b: at(2), c: at(5) };
    const source = cold(' (abc|)    ', values);
    const subs =        ' (^!)      ';
    const expected =    ' a-b--(c|) ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should play on the scheduler it is given', marbles(({ cold, expectObservable }, scheduler) => {
    const values = { a: at(0), b: at(2) };
    const source = cold(' (ab|)  ', values);
    const expected =    ' a-(b|) ';
    expectObservable(source.pipe(replay({ scheduler }))).toBe(expected, values);
  }));

  it('should emit nothing while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Arrived>(' - ');
    const subs =                 ' ^ ';
    const expected =             ' - ';
    expectObservable(source.pipe(replay())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should complete with an empty source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Arrived>(' --| ');
    const subs =                 ' ^-! ';
    const expected =             ' --| ';
    expectObservable(source.pipe(replay())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should emit the first at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(1234) };
    const source = cold(' -a--| ', values);
    const subs =        ' ^---! ';
    const expected =    ' -a--| ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should emit together what arrived together', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(0), c: at(6), d: at(6) };
    const source = cold(' (abcd|)     ', values);
    const expected =    ' (ab)--(cd|) ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
  }));

  it('should hold what is due later than its source completes', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(0), b: at(5) };
    const source = cold(' ab|       ', values);
    const subs =        ' ^-!       ';
    const expected =    ' a----(b|) ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should count from the subscription', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(3), c: at(5) };
    const source = cold('  (abc|)      ', values);
    const sub =         '  --^         ';
    const expected =    '  --a--b-(c|) ';
    expectObservable(source.pipe(replay()), sub).toBe(expected, values);
  }));

  it('should emit at once what is behind, and be on time again after it', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(2), c: at(3), d: at(10) };
    const source = cold(' a-----(bcd|)   ', values);
    const expected =    ' a-----(bc)(d|) ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
  }));

  it('should emit nothing before a due time with a fraction of a ms', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(0.001), c: at(1.001), d: at(2) };
    const source = cold(' (abcd|)  ', values);
    const expected =    ' ab(cd|)  ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
  }));

  it('should emit nothing early when timers wake up early', marbles(({ cold, expectObservable }, scheduler) => {
    const early = skewed(scheduler, (delay) => delay / 2);
    const values = { a: at(0), b: at(2), c: at(3), d: at(7) };
    const source = cold(' (abcd|)     ', values);
    const expected =    ' a-bc---(d|) ';
    expectObservable(source.pipe(replay({ scheduler: early }))).toBe(expected, values);
  }));

  it('should not add up the lateness of timers', marbles(({ cold, expectObservable }, scheduler) => {
    const late = skewed(scheduler, (delay) => delay + 2);
    const values = { a: at(0), b: at(4), c: at(8), d: at(12) };
    const source = cold(' (abcd|)            ', values);
    const expected =    ' a-----b---c---(d|) ';
    expectObservable(source.pipe(replay({ scheduler: late }))).toBe(expected, values);
  }));

  it('should wait through a silence longer than its longest timer', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(3_600_000) };
    const source = cold(' (ab|)             ', values);
    const expected =    ' a 3599999ms (b|)  ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
  }));

  it('should emit at once what arrived before the one above it, and be on time again after it', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(5), c: at(1), d: at(9) };
    const source = cold(' (abcd|)       ', values);
    const expected =    ' a----(bc)(d|) ';
    const cut =         ' a---(bc)(d|)  ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
    expectObservable(source.pipe(replay({ maxGap: 4 }))).toBe(cut, values);
  }));

  describe('rate', () => {
    it('should play twice as fast', marbles(({ cold, expectObservable }) => {
      const values = { a: at(0), b: at(4), c: at(10) };
      const source = cold(' (abc|)     ', values);
      const expected =    ' a-b--(c|)  ';
      expectObservable(source.pipe(replay({ rate: 2 }))).toBe(expected, values);
    }));

    it('should play sixty times as fast', marbles(({ cold, expectObservable }) => {
      const values = { a: at(0), b: at(60), c: at(61), d: at(60_000) };
      const source = cold(' (abcd|)       ', values);
      const expected =    ' abc 997ms (d|)';
      expectObservable(source.pipe(replay({ rate: 60 }))).toBe(expected, values);
    }));

    it('should be told to who asks how it goes, also where it waits for nothing', () => {
      const told: Pace[] = [];
      for (const rate of [60, Infinity]) from([at(0)]).pipe(replay({ rate, onPace: (pace) => told.push(pace) })).subscribe();
      expect(told).to.deep.equal([{ paused: false, rate: 60 }, { paused: false, rate: Infinity }]);
    });

    it('should not wait at all at an infinite rate', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: at(0), b: at(5000), c: at(60_000) };
      const source = cold(' (ab)-c-| ', values);
      const subs =        ' ^------! ';
      const expected =    ' (ab)-c-| ';
      expectObservable(source.pipe(replay({ rate: Infinity }))).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));
  });

  for (const rate of [0, -1, NaN, -Infinity]) {
    it(
      `should refuse the rate ${rate}, which would play nothing, or all too early`,
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('(ab|)', { a: at(0), b: at(2) });
        expectObservable(source.pipe(replay({ rate }))).toBe('#', {}, new RangeError(`the rate ${rate} is not a number above 0`));
        expectSubscriptions(source.subscriptions).toBe([]);
      }),
    );
  }

  for (const maxGap of [-1, NaN]) {
    it(`should refuse the longest silence ${maxGap}`, marbles(({ cold, expectObservable }) => {
      const source = cold('(ab|)', { a: at(0), b: at(2) });
      expectObservable(source.pipe(replay({ maxGap }))).toBe(
        '#',
        {},
        new RangeError(`the longest silence ${maxGap} is not a number from 0 up`),
      );
    }));
  }

  it('should cut silences longer than `maxGap`', marbles(({ cold, expectObservable }) => {
    const values = { a: at(0), b: at(2), c: at(90_000), d: at(90_001) };
    const source = cold(' (abcd|)     ', values);
    const expected =    ' a-b---c(d|) ';
    expectObservable(source.pipe(replay({ maxGap: 4 }))).toBe(expected, values);
  }));

  describe('from', () => {
    it('should emit at once what arrived before, and play from there', marbles(({ cold, expectObservable }) => {
      const values = { a: at(0), b: at(99.999), c: at(105), d: at(107) };
      const source = cold(' (abcd|)      ', values);
      const expected =    ' (ab)-c-(d|)  ';
      expectObservable(source.pipe(replay({ from: at(100).arrival }))).toBe(expected, values);
    }));

    it('should emit at once what arrived at that very instant', marbles(({ cold, expectObservable }) => {
      const values = { a: at(0), b: at(100), c: at(104) };
      const source = cold(' (abc|)   ', values);
      const expected =    ' (ab)(c|) ';
      expectObservable(source.pipe(replay({ from: at(100).arrival }))).toBe(expected, values);
    }));
  });

  describe('until', () => {
    it(
      'should end after the last that arrived by then, that instant included',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const values = { a: at(0), b: at(2), c: at(2), d: at(2.001), e: at(9) };
        const source = cold(' (abcde|) ', values);
        const subs = ' (^!)     ';
        const expected = ' a-(bc|)  ';
        expectObservable(source.pipe(replay({ until: at(2).arrival }))).toBe(expected, values);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }),
    );

    it('should end before the first that arrived later, if it comes before another that did not', marbles(({ cold, expectObservable }) => {
      const values = { a: at(0), b: at(9), c: at(1) };
      const source = cold(' (abc|) ', values);
      const expected =    ' (a|)   ';
      expectObservable(source.pipe(replay({ until: at(5).arrival }))).toBe(expected, values);
    }));

    it('should not read on', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: at(0), b: at(1), c: at(9) };
      const source = cold(' abc----- ', values);
      const subs =        ' ^-!      ';
      const expected =    ' ab|      ';
      expectObservable(source.pipe(replay({ until: at(5).arrival }))).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));

    it('should end an infinitely fast replay too', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: at(0), b: at(1), c: at(9) };
      const source = cold(' abc----- ', values);
      const subs =        ' ^-!      ';
      const expected =    ' ab|      ';
      expectObservable(source.pipe(replay({ until: at(5).arrival, rate: Infinity }))).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));

    it('should emit nothing if all arrived later', marbles(({ cold, expectObservable }) => {
      const values = { a: at(10) };
      const source = cold(' -a- ', values);
      const expected =    ' -|  ';
      expectObservable(source.pipe(replay({ until: at(9).arrival }))).toBe(expected, values);
    }));
  });

  describe('onEmit', () => {
    it('should be told of each, and when it was due', () => {
      const told: [Arrived, number, number][] = [];
      const values = { a: at(0), b: at(0.5), c: at(3), d: at(5) };
      marbles(({ cold, expectObservable }, scheduler) => {
        const onEmit = (item: Arrived, due: number) => told.push([item, due, scheduler.now()]);
        const source = cold(' (abc)--d| ', values);
        const expected =    ' ab-c---d| ';
        expectObservable(source.pipe(replay({ onEmit }))).toBe(expected, values);
      })();
      expect(told).to.deep.equal([
        [values.a, 0, 0],
        [values.b, 0.5, 1],
        [values.c, 3, 3],
        [values.d, 5, 7],
      ]);
    });

    it('should be told before it is emitted', () => {
      const log: string[] = [];
      from([at(0)]).pipe(replay({ onEmit: () => log.push('told') })).subscribe(() => log.push('emitted'));
      expect(log).to.deep.equal(['told', 'emitted']);
    });

    it('should be told that what arrived before `from` was due since ever', () => {
      const dues: number[] = [];
      const onEmit = (_: Arrived, due: number) => dues.push(due);
      from([at(0), at(10)]).pipe(replay({ from: at(10).arrival, onEmit, scheduler: new HandClock() })).subscribe();
      expect(dues).to.deep.equal([-Infinity, 0]);
    });

    it('should be told of nothing that is not emitted', () => {
      const told: Arrived[] = [];
      const values = { a: at(0), b: at(3) };
      marbles(({ cold, expectObservable }) => {
        const source = cold(' (ab|) ', values);
        const unsub =       ' --!   ';
        const expected =    ' a--   ';
        expectObservable(source.pipe(replay({ onEmit: (item) => told.push(item) })), unsub).toBe(expected, values);
      })();
      expect(told).to.deep.equal([values.a]);
    });

    it('should be told of nothing at an infinite rate, where nothing is due', () => {
      let told = 0;
      from([at(0), at(10)]).pipe(replay({ rate: Infinity, onEmit: () => told++ })).subscribe();
      expect(told).to.equal(0);
    });

    it('should end the replay with its error if it throws', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const error = new Error('a bug');
      const onEmit = ({ arrival }: Arrived) => {
        if (arrival > noon) throw error;
      };
      const values = { a: at(0), b: at(2), c: at(5) };
      const source = cold(' (abc)- ', values);
      const subs =        ' ^-!    ';
      const expected =    ' a-#    ';
      expectObservable(source.pipe(replay({ onEmit }))).toBe(expected, values, error);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));
  });

  it('should pass on an error of its source at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(0), b: at(5) };
    const source = cold(' ab-# ', values);
    const subs =        ' ^--! ';
    const expected =    ' a--# ';
    expectObservable(source.pipe(replay())).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(0), b: at(2), c: at(5) };
    const source = cold(' (abc)--- ', values);
    const subs =        ' ^---!    ';
    const unsub =       ' ----!    ';
    const expected =    ' a-b--    ';
    expectObservable(source.pipe(replay()), unsub).toBe(expected, values);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should start anew for each subscriber', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const values = { a: at(0), b: at(3), c: at(8), d: at(9) };
    const source = cold(' ab-cd|        ', values);
    const first =       ' ^             ';
    const firstSub =    ' ^----!        ';
    const expected1 =   ' a--b--c(d|)   ';
    const second =      ' --^           ';
    const secondSub =   ' --^----!      ';
    const expected2 =   ' --a--b--c(d|) ';
    const played = source.pipe(replay({ maxGap: 3 }));
    expectObservable(played, first).toBe(expected1, values);
    expectObservable(played, second).toBe(expected2, values);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it('should emit every one in the first whole ms that is not before it is due', () => {
    fc.assert(
      fc.property(arrivals, timings, (arrived, timing) => {
        const frames: number[] = [];
        const scheduler = new TestScheduler(() => undefined);
        scheduler.run(({ flush }) => {
          from(arrived.map((arrival) => ({ arrival })))
            .pipe(replay(timing))
            .subscribe(() => frames.push(scheduler.now()));
          flush();
        });
        let frame = 0; // in their order, also where one is due since ever
        expect(frames).to.deep.equal(slowTimetable(0, timing, arrived).map((due) => (frame = Math.max(frame, Math.ceil(due)))));
      }),
    );
  });
});
