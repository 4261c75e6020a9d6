import { expect } from 'chai';
import { drained } from '../../src/serve/drained.js';
import { FakeResponse } from '../support/FakeResponse.js';
import { HandClock } from '../support/HandClock.js';
import { settled } from '../support/settled.js';

describe('drained', () => {
  const waiting = () => {
    const { fake, response } = FakeResponse.make();
    const clock = new HandClock();
    fake.write('x');
    let isOver = false;
    void drained(response, clock)!.then(() => (isOver = true));
    return { fake, clock, isOver: async () => { await settled(); return isOver; } };
  };

  it('should wait for nothing if all has been taken', () => {
    expect(drained(FakeResponse.make().response)).to.equal(undefined);
  });

  it('should wait until all is taken, or the client has gone', async () => {
    for (const end of ['drain', 'destroy'] as const) {
      const { fake, isOver } = waiting();
      expect(await isOver()).to.equal(false);
      fake[end]();
      expect(await isOver()).to.equal(true);
      expect(fake.eventNames()).to.deep.equal([]);
    }
  });

  it('should drop a client that takes nothing for half a minute', async () => {
    const { fake, clock, isOver } = waiting();
    clock.advance(29_999);
    expect([fake.destroyed, await isOver()]).to.deep.equal([false, false]);
    clock.advance(1);
    expect([fake.destroyed, await isOver()]).to.deep.equal([true, true]);
  });
});
