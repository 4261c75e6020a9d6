import { expect } from 'chai';
import type { Appended, Cursor } from '../../src/domain/Appended.js';
import { appendedSince } from '../../src/tail/appendedSince.js';
import { HandClock } from '../support/HandClock.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

/** Numbers that are appended, two of which are read at most at once; a cursor is how many there are before it. */
class Numbers {
  count = 0;
  reads = 0;
  failure: Error | undefined;

  readonly read = (after: Cursor): Promise<Appended | undefined> => {
    this.reads++;
    if (this.failure) return Promise.reject(this.failure);
    const to = Math.min(this.count, Number(after) + 2);
    if (to === Number(after)) return Promise.resolve(undefined);
    return Promise.resolve({ type: 'rows', from: after, to: String(to), changes: [], late: [], isFull: to === Number(after) + 2 });
  };
}

describe('appendedSince', () => {
  let clock: HandClock;
  let numbers: Numbers;
  beforeEach(() => ([clock, numbers] = [new HandClock(), new Numbers()]));
  const ranges = (seen: Seen<Appended>) => seen.values.map(({ from, to }) => `${from}-${to}`);
  const passes = async (millis: number) => {
    clock.advance(millis);
    await settled();
  };

  it('should read on while there may be more, and look again every 200 ms', async () => {
    numbers.count = 5;
    const seen = new Seen(appendedSince(numbers.read, '1', { scheduler: clock }));
    await settled();
    expect(ranges(seen)).to.deep.equal(['1-3', '3-5']);
    numbers.count = 6;
    await passes(199);
    expect(seen.values).to.have.length(2);
    await passes(1);
    await passes(200);
    expect(ranges(seen)).to.deep.equal(['1-3', '3-5', '5-6']);
    seen.unsubscribe();
    const { reads } = numbers;
    await passes(1000);
    expect(numbers.reads).to.equal(reads);
  });

  it('should read the next part only when there is room for it', async () => {
    numbers.count = 4;
    let room: () => void = () => undefined;
    const seen = new Seen(
      appendedSince(numbers.read, '0', { scheduler: clock, ready: () => new Promise<void>((resolve) => (room = resolve)) }),
    );
    await settled();
    await passes(1000);
    expect([ranges(seen), numbers.reads]).to.deep.equal([['0-2'], 1]);
    room();
    await settled();
    expect(ranges(seen)).to.deep.equal(['0-2', '2-4']);
    seen.unsubscribe();
  });

  it('should pass on an error, and begin anew for each subscriber', async () => {
    numbers.count = 1;
    const appended$ = appendedSince(numbers.read, '0', { every: 50, scheduler: clock });
    const [one, other] = [new Seen(appended$), new Seen(appended$)];
    await settled();
    numbers.failure = new Error('gone');
    await passes(50);
    for (const seen of [one, other]) expect([ranges(seen), seen.error]).to.deep.equal([['0-1'], numbers.failure]);
  });
});
