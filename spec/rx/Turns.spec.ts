import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { Turns } from '../../src/rx/Turns.js';
import { failureOf } from '../support/failureOf.js';
import { HandClock } from '../support/HandClock.js';

describe('Turns', () => {
  let clock: HandClock;
  let turns: Turns;
  beforeEach(() => {
    clock = new HandClock();
    turns = new Turns(clock);
  });
  /** A work of so many steps, each of which takes so many ms, and notes that it was done. */
  function* work(steps: number, millis: number, done: () => void): Generator<undefined, number, undefined> {
    for (let step = 0; step < steps; step++) {
      clock.advance(millis);
      done();
      yield;
    }
    return steps;
  }

  it('should do at once what takes no time', async () => {
    const done: string[] = [];
    const working = turns.finish(work(9, 0.1, () => done.push('step')));
    expect(done).to.have.length(9);
    expect(await working).to.equal(9);
  });

  it('should do 1 ms at once and then 10 ms a turn, each time round the event loop', async () => {
    const done: string[] = [];
    const working = turns.finish(work(25, 1, () => done.push('step')));
    const seen = [done.length];
    while (done.length < 25) {
      await setImmediate();
      seen.push(done.length);
    }
    expect([...new Set(seen)]).to.deep.equal([1, 11, 21, 25]);
    expect(await working).to.equal(25);
  });

  it('should let several take turns, in the order in which they came, and one each time round', async () => {
    const order: string[] = [];
    const works = ['a', 'b', 'c'].map((name) => turns.finish(work(21, 1, () => order.push(name))));
    let longest = 0;
    for (let before = order.length; before < 63; before = order.length) {
      await setImmediate();
      longest = Math.max(longest, order.length - before);
    }
    await Promise.all(works);
    expect(longest).to.equal(10);
    expect(order.join('')).to.equal(
      `abc${'a'.repeat(10)}${'b'.repeat(10)}${'c'.repeat(10)}${'a'.repeat(10)}${'b'.repeat(10)}${'c'.repeat(10)}`,
    );
  });

  it('should pass on what a work throws, and go on with the others', async () => {
    const failing = turns.finish(work(20, 1, () => { if (clock.now() > 15) throw new Error('so'); }));
    const other = turns.finish(work(3, 1, () => undefined));
    expect((await failureOf(failing)).message).to.equal('so');
    expect(await other).to.equal(3);
  });

  it('should do nothing more of a work whose signal is aborted, nor begin it', async () => {
    const controller = new AbortController();
    let done = 0;
    const working = turns.finish(work(1000, 1, () => done++), controller.signal);
    await setImmediate();
    await setImmediate();
    controller.abort(new Error('gone'));
    const before = done;
    expect((await failureOf(working)).message).to.equal('gone');
    expect((await failureOf(turns.finish(work(9, 1, () => done++), controller.signal))).message).to.equal('gone');
    expect(done).to.equal(before);
    expect(before).to.be.within(1, 21);
  });
});
