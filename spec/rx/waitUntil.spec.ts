import { expect } from 'chai';
import { VirtualTimeScheduler } from 'rxjs';
import { waitUntil } from '../../src/rx/waitUntil.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { skewed } from '../support/skewed.js';

describe('waitUntil', () => {
  it('should emit when the clock reads the due time', marbles(({ expectObservable }, scheduler) => {
    const expected = '---(v|)';
    expectObservable(waitUntil(3, 'v', scheduler)).toBe(expected);
  }));

  it('should emit at once what is due or overdue', marbles(({ expectObservable }, scheduler) => {
    const expected = '(v|)';
    for (const due of [0, -1, -0.001, -Infinity]) expectObservable(waitUntil(due, 'v', scheduler)).toBe(expected);
  }));

  it('should look at the clock when subscribed to, not before', marbles(({ expectObservable }, scheduler) => {
    const wait = waitUntil(3, 'v', scheduler);
    const before =    '-^        ';
    const expected =  '---(v|)   ';
    const after =     '-----^    ';
    const overdue =   '-----(v|) ';
    expectObservable(wait, before).toBe(expected);
    expectObservable(wait, after).toBe(overdue);
  }));

  it('should not emit within the millisecond before a due time with a fraction', marbles(({ expectObservable }, scheduler) => {
    const expected = '---(v|)';
    expectObservable(waitUntil(2.001, 'v', scheduler)).toBe(expected);
  }));

  it('should not emit early when timers wake up early', marbles(({ expectObservable }, scheduler) => {
    const early = skewed(scheduler, (delay) => delay / 2);
    const expected = '8ms (v|)';
    expectObservable(waitUntil(8, 'v', early)).toBe(expected);
  }));

  it('should wait longer than its longest timer', marbles(({ expectObservable }, scheduler) => {
    const expected = '60000ms (v|)';
    expectObservable(waitUntil(60_000, 'v', skewed(scheduler, (delay) => Math.min(delay, 1000)))).toBe(expected);
  }));

  it('should wait a day with one timer at a time', () => {
    const clock = new VirtualTimeScheduler();
    let most = 0;
    const now = () => {
      most = Math.max(most, clock.actions.length);
      return clock.now();
    };
    const seen = new Seen(waitUntil(86_400_000, 'v', { now, schedule: clock.schedule.bind(clock) }));
    clock.flush();
    expect(seen).to.deep.include({ values: ['v'], completed: true });
    expect(clock.now()).to.equal(86_400_000);
    expect(most).to.be.at.most(1);
  });

  it('should notice within a second that the clock went on while timers stood still', marbles(({ expectObservable }, scheduler) => {
    const asleep = (millis: number) => (millis > 500 ? 3_600_000 : 0);
    const clock = { now: () => scheduler.now() + asleep(scheduler.now()), schedule: scheduler.schedule.bind(scheduler) };
    const expected = '1000ms (v|)';
    expectObservable(waitUntil(3_600_000, 'v', clock)).toBe(expected);
  }));

  it('should emit nothing when unsubscribed from early', marbles(({ expectObservable }, scheduler) => {
    const unsub =    '--!';
    const expected = '---';
    expectObservable(waitUntil(3, 'v', scheduler), unsub).toBe(expected);
  }));

  it('should leave no timer behind when unsubscribed from', () => {
    const clock = new VirtualTimeScheduler();
    const waiting = waitUntil(3, 'v', clock).subscribe();
    expect(clock.actions.length).to.equal(1);
    waiting.unsubscribe();
    expect(clock.actions).to.deep.equal([]);
  });
});
