import { expect } from 'chai';
import fc from 'fast-check';
import { concat, delay, from, merge, mergeMap, NEVER, of, Subject, tap } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Command, Pace } from '../../src/live/Pacing.js';
import { replay } from '../../src/live/replay.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { skewed } from '../support/skewed.js';

const at = (millis: number) => ({ arrival: millis * 1000 });
const values = { a: at(0), b: at(4), c: at(8) };
const commands: Record<string, Command> = {
  p: { type: 'pause' },
  r: { type: 'resume' },
  s: { type: 'step' },
  d: { type: 'rate', rate: 2 },
  m: { type: 'rate', rate: Infinity },
  o: { type: 'rate', rate: 1 },
};

describe('replay, steered', () => {
  const cases: [name: string, commands: string, expected: string][] = [
    ['wait as before without a command', '           -         ', 'a---b---(c|)  '],
    ['wait while paused, and go on from there', '    --p--r    ', 'a------b---(c|)'],
    ['emit nothing while paused', '                  p         ', '-             '],
    ['obey what comes before the first', '           (psr)     ', 'a---b---(c|)  '],
    ['emit the next for a step, and pause', '        --s       ', 'a-b           '],
    ['go on from the fix of a step', '               --s--r    ', 'a-b------(c|) '],
    ['emit one for each step of a frame', '          --(ss)    ', 'a-(bc|)       '],
    ['change the rate amid a wait', '                --d       ', 'a--b-(c|)     '],
    ['change the rate while paused', '               --(pd)r   ', 'a------b-(c|) '],
    ['not wait at an infinite rate', '               --m       ', 'a-(bc|)       '],
    ['do nothing after the last', '                  ---------p', 'a---b---(c|)  '],
    ['not end with its commands', '                  --|       ', 'a---b---(c|)  '],
    ['pass on an error of its commands', '           ------#   ', 'a---b-#       '],
  ];
  for (const [name, given, expected] of cases) {
    it(`should ${name}`, marbles(({ cold, expectObservable }) => {
      const source = cold('(abc|)', values);
      expectObservable(source.pipe(replay({ commands$: cold(given, commands) }))).toBe(expected, values);
    }));
  }

  it('should cut silences, and end, as without commands', marbles(({ cold, expectObservable }) => {
    const source = cold(' (abc|)        ', values);
    const given = cold('  --p---r       ', commands);
    const cut =         ' a-----(b|)    ';
    expectObservable(source.pipe(replay({ maxGap: 2, until: at(7).arrival, commands$: given }))).toBe(cut, values);
  }));

  it(
    'should hold what arrived before `from` too while paused, and be told to wait for none of it by a step',
    marbles(({ cold, expectObservable }) => {
      const source = cold(' (abc|)        ', values);
      const given = cold('  (ps)p--r      ', commands);
      const expected = ' a------b---(c|)';
      expectObservable(source.pipe(replay({ from: at(4).arrival, commands$: given }))).toBe(expected, values);
    }),
  );

  it('should obey what its own emissions lead to before it emits the next', marbles(({ cold, expectObservable }) => {
    const steering$ = new Subject<Command>();
    const source = cold(' (xyz|)        ', { x: at(0), y: at(0), z: at(0) });
    const expected =    ' x---(yz|)     ';
    let first = true;
    const played = source.pipe(replay({ commands$: merge(steering$, cold('----r', commands)) }), tap(() => {
      if (first) steering$.next(commands['p']!);
      first = false;
    }));
    expectObservable(played).toBe(expected, { x: at(0), y: at(0), z: at(0) });
  }));

  it('should tell due times as they are by the commands: to be paused is no lateness', () => {
    const told: [name: string, due: number, now: number][] = [];
    const names = new Map(Object.entries(values).map(([name, { arrival }]) => [arrival, name]));
    marbles(({ cold, expectObservable }, scheduler) => {
      const onEmit = ({ arrival }: { arrival: number }, due: number) => told.push([names.get(arrival)!, due, scheduler.now()]);
      const source = cold(' a-----b-(c|)  ', values); // b comes 2 ms behind
      const given = cold('  -----p----s---r', commands);
      const expected =    ' a---------b-------(c|)';
      expectObservable(source.pipe(replay({ onEmit, commands$: given }))).toBe(expected, values);
      const behind = cold(' a-----b|      ', values);
      const held = cold('   -----p----r   ', commands);
      expectObservable(behind.pipe(replay({ onEmit, commands$: held }))).toBe('a---------(b|)', values);
      const max = cold('    ---m          ', commands);
      expectObservable(cold('(ab)--(c|)', values).pipe(replay({ onEmit, commands$: max }))).toBe('a--b--(c|)', values);
    })();
    expect(told.filter(([name]) => name === 'a')).to.deep.equal([['a', 0, 0], ['a', 0, 0], ['a', 0, 0]]);
    expect(told.filter(([name]) => name !== 'a')).to.have.deep.members([['b', 10, 10], ['c', 18, 18], ['b', 9, 10]]);
  });

  it('should emit nothing early when timers wake up early', marbles(({ cold, expectObservable }, scheduler) => {
    const early = skewed(scheduler, (delay) => Math.ceil(delay / 2));
    expectObservable(cold('(abc|)', values).pipe(replay({ commands$: cold('--p--r', commands), scheduler: early }))).toBe(
      'a------b---(c|)',
      values,
    );
  }));

  it('should not drift, however often it is paused', () => {
    const clock = new HandClock();
    const steering$ = new Subject<Command>();
    const seen: number[] = [];
    from([at(0), at(1000.5)]).pipe(replay({ rate: 3, commands$: steering$, scheduler: clock })).subscribe(() => seen.push(clock.now()));
    for (let second = 0; second < 1000; second++) {
      clock.advance(1 / 3);
      steering$.next(commands['p']!);
      clock.advance(7);
      steering$.next(commands['r']!);
    }
    expect(seen, 'after a second of stream time').to.deep.equal([0]);
    clock.advance(1);
    expect(seen).to.have.length(2);
  });

  it('should leave no timer and no subscription when unsubscribed from while paused', () => {
    const clock = new HandClock();
    const [source, steering$] = [new Subject<{ arrival: number }>(), new Subject<Command>()];
    const subscription = source.pipe(replay({ commands$: steering$, scheduler: clock })).subscribe();
    source.next(at(0));
    source.next(at(4));
    expect(clock.actions).to.have.length(1);
    steering$.next(commands['p']!);
    expect(clock.actions).to.have.length(0);
    subscription.unsubscribe();
    expect([clock.actions.length, source.observed, steering$.observed]).to.deep.equal([0, false, false]);
  });

  it('should go on from the last emitted after an infinite rate', marbles(({ cold, expectObservable }) => {
    const source = cold(' ab---c| ', values);
    const given = cold('  --o     ', commands);
    const expected =    ' ab----(c|)';
    expectObservable(source.pipe(replay({ rate: Infinity, commands$: given }))).toBe(expected, values);
  }));

  it(
    'should share nothing between two subscribers, and let go of its commands',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const given = cold('--p--r', commands);
      const played = cold('(abc|)', values).pipe(replay({ commands$: given }));
      expectObservable(played, '^----!').toBe('a-----', values);
      expectObservable(played, '-^').toBe('-a------b---(c|)', values);
      expectSubscriptions(given.subscriptions).toBe(['^----!', '-^----------!']);
    }),
  );

  it('should tell the pace at first and after each command', () => {
    const told: Pace[] = [];
    NEVER.pipe(replay({ commands$: of(commands['p']!, commands['d']!), onPace: (pace) => told.push(pace) })).subscribe().unsubscribe();
    expect(told).to.deep.equal([{ paused: false, rate: 1 }, { paused: true, rate: 1 }, { paused: true, rate: 2 }]);
  });

  it('should refuse a rate that is not valid', marbles(({ cold, expectObservable }) => {
    const given = cold('--x', { x: { type: 'rate', rate: 0 } as Command });
    expectObservable(cold('(abc|)', values).pipe(replay({ commands$: given }))).toBe(
      'a-#',
      values,
      new RangeError('the rate 0 is not a number above 0'),
    );
  }));

  it('should emit the same whatever is commanded, each at the ms at which a clock that is walked step by step reaches it', () => {
    const command = fc.oneof(
      fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }, { type: 'step' }),
      fc.constantFrom(1, 2, 4, Infinity).map((rate): Command => ({ type: 'rate', rate })),
    );
    const timed = fc
      .array(fc.record({ at: fc.integer({ min: 1, max: 60 }), command }), { maxLength: 12 })
      .map((all) => all.sort((a, b) => a.at - b.at));
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), timed, (gaps, given) => {
      let arrival = 0;
      const items = gaps.map((gap) => at((arrival += gap * 4))); // whole ms at each rate
      const ending = [{ at: 100, command: { type: 'rate', rate: 4 } as Command }, { at: 100, command: { type: 'resume' } as Command }];
      const all = [...given, ...ending];
      const seen: [number, unknown][] = [];
      const scheduler = new TestScheduler(() => undefined);
      scheduler.run(() => {
        const commands$ = concat(from(all).pipe(mergeMap((each) => of(each.command).pipe(delay(each.at)))), NEVER);
        from(items).pipe(replay({ commands$ })).subscribe((item) => seen.push([scheduler.now(), item]));
      });
      expect(seen.map(([, item]) => item)).to.deep.equal(items);
      expect(seen.map(([when]) => when)).to.deep.equal(walked(items.map((item) => (item.arrival - items[0]!.arrival) / 1000), all));
    }), { numRuns: 500 });
  });
});

/** When each place is emitted: a clock that goes on by a quarter of a ms, and a stream that goes on with it. */
function walked(places: number[], all: { at: number; command: Command }[]): number[] {
  const out: number[] = [];
  let [place, paused, rate] = [0, false, 1];
  for (let quarter = 0; out.length < places.length; quarter++) {
    const now = quarter / 4;
    const emit = () => {
      place = Math.max(rate === Infinity ? 0 : place, places[out.length]!);
      out.push(now);
    };
    const due = () => {
      while (!paused && out.length < places.length && (rate === Infinity || places[out.length]! <= place)) emit();
    };
    if (quarter > 0 && !paused && rate < Infinity) place += rate / 4;
    if (Number.isInteger(now) && !all.some((each) => each.at === now)) due(); // timers have whole ms, and a command goes first in its ms
    for (const { command } of all.filter((each) => each.at === now)) {
      if (command.type === 'rate') rate = command.rate;
      else if (command.type === 'step') {
        paused = true;
        if (out.length < places.length) {
          place = places[out.length]!;
          out.push(now);
        }
      } else paused = command.type === 'pause';
      due();
    }
  }
  return out;
}
