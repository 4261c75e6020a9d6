import { expect } from 'chai';
import { take, tap } from 'rxjs';
import { fromBatches } from '../../src/rx/fromBatches.js';
import { CountedSource } from '../support/CountedSource.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

const forEver = () => new Promise<never>(() => undefined);

describe('fromBatches', () => {
  it('should emit every item of every batch in order, and complete', async () => {
    const seen = new Seen(fromBatches(new CountedSource([['a', 'b'], [], ['c']])));
    await settled();
    expect(seen.values).to.deep.equal(['a', 'b', 'c']);
    expect(seen.completed).to.equal(true);
  });

  it('should complete when there are no batches', async () => {
    const seen = new Seen(fromBatches(new CountedSource([])));
    await settled();
    expect(seen).to.include({ completed: true, error: undefined });
    expect(seen.values).to.deep.equal([]);
  });

  it('should neither emit nor complete while the first batch is still to come', async () => {
    const seen = new Seen(fromBatches({ [Symbol.asyncIterator]: () => ({ next: forEver }) }));
    await settled();
    expect(seen).to.include({ completed: false, error: undefined });
    expect(seen.values).to.deep.equal([]);
  });

  it('should emit a batch in one go', async () => {
    const seen: string[] = [];
    fromBatches(new CountedSource([['a', 'b', 'c']])).subscribe((item) => {
      seen.push(item);
      queueMicrotask(() => seen.push(`after ${item}`));
    });
    await settled();
    expect(seen).to.deep.equal(['a', 'b', 'c', 'after a', 'after b', 'after c']);
  });

  it('should ask for nothing before it is subscribed to', () => {
    const source = new CountedSource([['a']]);
    fromBatches(source);
    expect(source).to.include({ iterations: 0, pulled: 0 });
  });

  it('should ask for the next batch only when ready', async () => {
    const source = new CountedSource([['a'], ['b'], ['c']]);
    const gates: (() => void)[] = [];
    const seen = new Seen(fromBatches(source, () => new Promise<void>((resolve) => gates.push(resolve))));
    await settled();
    expect(source.pulled).to.equal(1);
    gates[0]?.();
    await settled();
    expect(source.pulled).to.equal(2);
    expect(seen.values).to.deep.equal(['a', 'b']);
    expect(gates.length).to.equal(2);
  });

  it('should emit what came before an error, then the error', async () => {
    const error = new Error('disk on fire');
    const seen = new Seen(
      fromBatches(
        new CountedSource(function* () {
          yield ['a'];
          throw error;
        }),
      ),
    );
    await settled();
    expect(seen.values).to.deep.equal(['a']);
    expect(seen.error).to.equal(error);
  });

  it('should pass on an error of getting the iterator', async () => {
    const error = new Error('no iterator');
    const seen = new Seen(
      fromBatches({
        [Symbol.asyncIterator]: () => {
          throw error;
        },
      }),
    );
    await settled();
    expect(seen.error).to.equal(error);
  });

  for (const [how, ready] of [
    [
      'throws',
      (error: Error) => () => {
        throw error;
      },
    ],
    ['rejects', (error: Error) => () => Promise.reject(error)],
  ] as const) {
    it(`should end with the error, and return the iterator, when ready ${how}`, async () => {
      const error = new Error('sink on fire');
      const source = new CountedSource([['a'], ['b']]);
      const seen = new Seen(fromBatches(source, ready(error)));
      await settled();
      expect(seen.values).to.deep.equal(['a']);
      expect(seen.error).to.equal(error);
      expect(source).to.include({ pulled: 1, returned: 1 });
    });
  }

  it('should emit no more of a batch once unsubscribed from, and return the iterator', async () => {
    const source = new CountedSource([['a', 'b', 'c'], ['d']]);
    const emitted: string[] = [];
    const seen = new Seen(fromBatches(source).pipe(tap((item) => emitted.push(item)), take(2)));
    await settled();
    expect(seen.completed).to.equal(true);
    expect(emitted).to.deep.equal(['a', 'b']);
    expect(source).to.include({ pulled: 1, returned: 1 });
  });

  it('should return the iterator at once when unsubscribed from between two batches', async () => {
    const source = new CountedSource([['a'], ['b']]);
    const seen = new Seen(fromBatches(source, forEver));
    await settled();
    seen.unsubscribe();
    expect(source.returned).to.equal(1);
    await settled();
    expect(source.pulled).to.equal(1);
    expect(seen.values).to.deep.equal(['a']);
  });

  it('should not return an iterator that has come to its end by itself, or failed', async () => {
    const ended = new CountedSource([['a']]);
    const failed = new CountedSource<string>(function* () {
      yield ['a'];
      throw new Error('disk on fire');
    });
    const seen = [new Seen(fromBatches(ended)), new Seen(fromBatches(failed))];
    await settled();
    expect(seen.map(({ completed, error }) => completed || error !== undefined)).to.deep.equal([true, true]);
    expect([ended.returned, failed.returned]).to.deep.equal([0, 0]);
  });

  it('should return an iterator that is still being asked', async () => {
    let returned = 0;
    const asked = { next: forEver, return: () => Promise.resolve({ done: true as const, value: ++returned }) };
    const seen = new Seen(fromBatches({ [Symbol.asyncIterator]: () => asked }));
    seen.unsubscribe();
    await settled();
    expect(returned).to.equal(1);
  });

  for (const [how, fail] of [
    [
      'throws',
      () => {
        throw new Error('it does not close');
      },
    ],
    ['rejects', () => Promise.reject(new Error('it does not close'))],
  ] as const) {
    it(`should let an unhandled rejection say that return() ${how}, and end all the same`, async () => {
      const unhandled: unknown[] = [];
      const listeners = process.listeners('unhandledRejection');
      process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason) => unhandled.push((reason as Error).message));
      const closed = { next: () => Promise.resolve({ done: false as const, value: ['a', 'b'] }), return: fail };
      const seen = new Seen(fromBatches({ [Symbol.asyncIterator]: () => closed }).pipe(take(1)));
      await settled();
      await settled();
      process.removeAllListeners('unhandledRejection');
      for (const listener of listeners) process.on('unhandledRejection', listener);
      expect([seen.values, seen.completed, seen.error]).to.deep.equal([['a'], true, undefined]);
      expect(unhandled).to.deep.equal(['it does not close']);
    });
  }

  it('should run the finally of a generator when unsubscribed from', async () => {
    let closed = false;
    const lines = async function* () {
      try {
        for (let line = 0; ; line++) yield await Promise.resolve([line]);
      } finally {
        closed = true;
      }
    };
    const seen = new Seen(fromBatches({ [Symbol.asyncIterator]: lines }).pipe(take(3)));
    await settled();
    expect(seen.values).to.deep.equal([0, 1, 2]);
    expect(closed).to.equal(true);
  });

  it('should read a long source without growing the stack', async () => {
    const last = 50_000;
    const seen = new Seen(
      fromBatches(
        new CountedSource(function* () {
          for (let i = 1; i <= last; i++) yield [i];
        }),
      ),
    );
    while (!seen.completed && seen.error === undefined) await settled();
    expect(seen.values.length).to.equal(last);
  });

  it('should iterate anew for each subscriber', async () => {
    const source = new CountedSource([['a'], ['b']]);
    const items = fromBatches(source);
    const [one, other] = [new Seen(items.pipe(take(1))), new Seen(items)];
    await settled();
    expect(one.values).to.deep.equal(['a']);
    expect(other.values).to.deep.equal(['a', 'b']);
    expect(source.iterations).to.equal(2);
  });
});
