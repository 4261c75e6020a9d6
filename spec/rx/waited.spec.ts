import { expect } from 'chai';
import { waited } from '../../src/rx/waited.js';
import { HandClock } from '../support/HandClock.js';
import { settled } from '../support/settled.js';

describe('waited', () => {
  it('should resolve in so many ms', async () => {
    const [clock, told] = [new HandClock(), [] as string[]];
    const waiting = waited(10, clock, new AbortController().signal).then(() => told.push('over'));
    clock.advance(9);
    await settled();
    expect(told).to.deep.equal([]);
    clock.advance(1);
    await waiting;
    expect(told).to.deep.equal(['over']);
  });

  it('should end with the reason when it is aborted, before or meanwhile, and leave no timer', async () => {
    const [clock, controller] = [new HandClock(), new AbortController()];
    const waiting = waited(10, clock, controller.signal).catch((error: unknown) => error);
    controller.abort(new Error('enough'));
    expect(await waiting).to.include({ message: 'enough' });
    expect(await waited(10, clock, controller.signal).catch((error: unknown) => error)).to.include({ message: 'enough' });
    expect(clock.actions.filter(({ closed }) => !closed)).to.deep.equal([]);
  });
});
