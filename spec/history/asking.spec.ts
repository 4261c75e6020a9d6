import { expect } from 'chai';
import { asking } from '../../src/history/asking.js';
import type { History } from '../../src/history/History.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { failureOf } from '../support/failureOf.js';

/** Histories that count how often they are opened and closed. */
class Histories {
  readonly opened: boolean[] = [];
  closed = 0;
  readonly open = (anew: boolean): Promise<History> => {
    this.opened.push(anew);
    const close = () => Promise.resolve(this.closed++);
    return Promise.resolve({ close } as unknown as History);
  };
}

const collect = async <T>(batches: AsyncIterable<readonly T[]>): Promise<(readonly T[])[]> => {
  const all: (readonly T[])[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
};

function* numbers(from: number, to: number): Generator<number, void, undefined> {
  for (let i = from; i < to; i++) yield i;
}

function* damagedAt(from: number, damage: number): Generator<number, void, undefined> {
  yield* numbers(from, damage);
  throw new DamagedIndex('page 7 is damaged');
}

describe('asking', () => {
  let histories: Histories;
  beforeEach(() => (histories = new Histories()));

  for (const [count, sizes] of [[0, []], [1, [1]], [1024, [1024]], [1025, [1024, 1]], [2500, [1024, 1024, 452]]] as const) {
    it(`should give ${count} in batches of 1,024 at most, and close the history`, async () => {
      const batches = await collect(asking(histories.open, () => numbers(0, count)));
      expect(batches.map(({ length }) => length)).to.deep.equal(sizes);
      expect(batches.flat()).to.deep.equal([...numbers(0, count)]);
      expect([histories.opened, histories.closed]).to.deep.equal([[false], 1]);
    });
  }

  for (const damage of [0, 1, 1023, 1024, 1025, 2048, 2400]) {
    it(`should open it anew, and go on without a gap or a repetition, if ${damage} were found before damage was`, async () => {
      const batches = await collect(
        asking<number>(histories.open, (_, after) =>
          histories.opened.length === 1 ? damagedAt(0, damage) : numbers((after ?? -1) + 1, 2500),
        ),
      );
      expect(batches.flat()).to.deep.equal([...numbers(0, 2500)]);
      expect([histories.opened, histories.closed]).to.deep.equal([[false, true], 2]);
    });
  }

  it('should give up when it is damaged again', async () => {
    const failure = await failureOf(collect(asking(histories.open, () => damagedAt(0, 3))));
    expect(failure).to.be.instanceOf(DamagedIndex);
    expect(failure.message).to.equal('page 7 is damaged: something else writes the log or its index; ask again when it has ended');
    expect([histories.opened, histories.closed]).to.deep.equal([[false, true], 2]);
  });

  it('should pass on any other failure at once, and close the history', async () => {
    const failure = await failureOf(collect(asking(histories.open, () => { throw new RangeError('no'); })));
    expect(failure).to.be.instanceOf(RangeError);
    expect([histories.opened, histories.closed]).to.deep.equal([[false], 1]);
  });

  it('should pass on that it cannot be opened', async () => {
    const failure = await failureOf(collect(asking(() => Promise.reject(new Error('no log')), () => numbers(0, 3))));
    expect(failure.message).to.equal('no log');
  });

  it('should open nothing before it is asked, and look for no more than it is asked for', async () => {
    let found = 0;
    const batches = asking(histories.open, function* () {
      for (const number of numbers(0, 5000)) {
        found++;
        yield number;
      }
    });
    expect(histories.opened).to.deep.equal([]);
    await batches.next();
    expect(found).to.equal(1024);
    await batches.return();
    expect([found, histories.closed]).to.deep.equal([1024, 1]);
  });
});
