import { expect } from 'chai';
import { monotonic } from '../../src/rx/monotonic.js';

describe('monotonic', () => {
  it('should read the ms since the process started, not the time of day', () => {
    const before = performance.now();
    const now = monotonic.now();
    expect(now - monotonic.slept()).to.be.within(before, performance.now());
  });

  it('should never go back', () => {
    for (let i = 0, before = monotonic.now(); i < 1000; i++) {
      const now = monotonic.now();
      expect(now).to.be.at.least(before);
      before = now;
    }
  });

  it('should not mind a change of the time of day', () => {
    const { now } = Date;
    const before = monotonic.now();
    try {
      Date.now = () => 0;
      expect(monotonic.now()).to.be.at.least(before);
    } finally {
      Date.now = now;
    }
  });

  it('should take no time for slept while nobody sleeps', () => {
    expect(monotonic.slept()).to.equal(0);
  });

  it('should run work later, with its state', async () => {
    let ran = false;
    const state = await new Promise((resolve) => {
      monotonic.schedule<string>((given) => {
        ran = true;
        resolve(given);
      }, 0, 'state');
      expect(ran).to.equal(false);
    });
    expect(state).to.equal('state');
  });

  it('should not run what was unsubscribed from', async () => {
    let ran = false;
    monotonic.schedule(() => (ran = true), 0).unsubscribe();
    await new Promise((resolve) => monotonic.schedule(resolve, 0));
    expect(ran).to.equal(false);
  });
});
