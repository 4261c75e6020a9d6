import { expect } from 'chai';
import { Mutex } from '../../src/rx/Mutex.js';
import { failureOf } from '../support/failureOf.js';
import { settled } from '../support/settled.js';

describe('Mutex', () => {
  let mutex: Mutex;
  let begun: string[];
  beforeEach(() => {
    mutex = new Mutex();
    begun = [];
  });
  /** Work that is done when it is let go. */
  const work = (name: string) => {
    let done = (): void => undefined;
    const end = new Promise<string>((resolve) => { done = () => { resolve(name); }; });
    return { done: () => { done(); }, begin: () => { begun.push(name); return end; } };
  };

  it('should do one piece of work at a time, in the order in which it was asked for', async () => {
    const [a, b] = [work('a'), work('b')];
    const [first, second] = [mutex.run(a.begin), mutex.run(b.begin)];
    await settled();
    expect(begun).to.deep.equal(['a']);
    a.done();
    expect(await first).to.equal('a');
    await settled();
    expect(begun).to.deep.equal(['a', 'b']);
    b.done();
    expect(await second).to.equal('b');
  });

  it('should go on after work that failed, whether it threw or rejected', async () => {
    const failing = mutex.run(() => Promise.reject(new Error('rejected')));
    const throwing = mutex.run(() => { throw new Error('thrown'); });
    const next = mutex.run(() => Promise.resolve('next'));
    expect([await failureOf(failing), await failureOf(throwing), await next].map(String)).to.deep.equal(['Error: rejected', 'Error: thrown', 'next']);
  });

  it('should leave out what nobody waits for when its turn has come', async () => {
    const [a, b] = [work('a'), work('b')];
    const aborted = new AbortController();
    const first = mutex.run(a.begin);
    const second = failureOf(mutex.run(b.begin, aborted.signal));
    const third = mutex.run(() => Promise.resolve('c'));
    aborted.abort(new Error('nobody waits'));
    a.done();
    expect([await first, await second, await third].map(String)).to.deep.equal(['a', 'Error: nobody waits', 'c']);
    expect(begun).to.deep.equal(['a']);
  });
});
