import { expect } from 'chai';
import { bufferCount, concatAll, concatMap, filter, identity, map, pipe, take, tap, type OperatorFunction } from 'rxjs';
import { pull as pullItems, type PullOptions } from '../../src/rx/pull.js';
import { CountedSource } from '../support/CountedSource.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

/** `pull` of batches that count for as many items as they have. */
const pull = <T, R>(batches: CountedSource<T>, operator: OperatorFunction<T, R>, options: Omit<PullOptions<readonly T[], R>, 'sizeOf'>) =>
  pullItems(batches, pipe(concatAll<readonly T[]>(), operator), { sizeOf: ({ length }) => length, ...options });

const hundreds = () =>
  new CountedSource(function* () {
    for (;;) yield Array.from({ length: 100 }, (_, i) => i);
  });

/** Passes on each item when the test lets it. */
const gated = (gates: (() => void)[]): OperatorFunction<number, number> =>
  concatMap((item) => new Promise<number>((resolve) => gates.push(() => { resolve(item); })));

const one = () => 1;

const failing = (error: Error) => (): number => {
  throw error;
};

describe('pull', () => {
  it('should emit what the pipe makes of all batches, and complete', async () => {
    const source = new CountedSource([[1, 2], [], [3]]);
    const seen = new Seen(pull(source, map((n: number) => 10 * n), { settles: one, ahead: 0 }));
    await settled();
    expect(seen.values).to.deep.equal([10, 20, 30]);
    expect(seen.completed).to.equal(true);
  });

  it('should complete when there are no batches', async () => {
    const seen = new Seen(pull(new CountedSource<number>([]), identity, { settles: one, ahead: 0 }));
    await settled();
    expect(seen.values).to.deep.equal([]);
    expect(seen.completed).to.equal(true);
  });

  it('should ask for more only while no more than `ahead` items are under way', async () => {
    const source = hundreds();
    const gates: (() => void)[] = [];
    const seen = new Seen(pull(source, gated(gates), { settles: one, ahead: 250 }));
    await settled();
    expect(source.pulled, '300 under way').to.equal(3);

    for (let through = 0; through < 49; through++) {
      gates.shift()?.();
      await settled();
    }
    expect(source.pulled, '251 under way').to.equal(3);
    gates.shift()?.();
    await settled();
    expect(source.pulled, '250 were under way').to.equal(4);
    seen.unsubscribe();
  });

  it('should count an emission for as many items as it settles', async () => {
    const source = new CountedSource([[1, 2, 3], [4, 5, 6], [7]]);
    const seen = new Seen(pull(source, bufferCount(3), { settles: ({ length }) => length, ahead: 1 }));
    await settled();
    expect(seen.values).to.deep.equal([[1, 2, 3], [4, 5, 6], [7]]);
    expect(seen.completed).to.equal(true);
  });

  it('should wait for ever for a pipe that keeps more than `ahead` to itself', async () => {
    const source = new CountedSource([[1], [2], [3]]);
    const seen = new Seen(pull(source, bufferCount(3), { settles: ({ length }) => length, ahead: 1 }));
    await settled();
    expect(source.pulled).to.equal(2);
    expect(seen.completed).to.equal(false);
    seen.unsubscribe();
  });

  it('should pass on an error of the source', async () => {
    const error = new Error('disk on fire');
    const source = new CountedSource<number>(function* () {
      yield [1];
      throw error;
    });
    const seen = new Seen(pull(source, identity, { settles: one, ahead: 0 }));
    await settled();
    expect(seen.values).to.deep.equal([1]);
    expect(seen.error).to.equal(error);
  });

  it('should end with the error, and return the iterator, when the pipe throws', async () => {
    const error = new Error('a bug');
    const source = hundreds();
    const seen = new Seen(pull(source, map(failing(error)), { settles: one, ahead: 0 }));
    await settled();
    expect(seen.error).to.equal(error);
    expect(source).to.include({ pulled: 1, returned: 1 });
  });

  it('should end with the error, and return the iterator, when `settles` throws', async () => {
    const error = new Error('a bug');
    const source = hundreds();
    const seen = new Seen(pull(source, identity, { settles: failing(error), ahead: 0 }));
    await settled();
    expect(seen.error).to.equal(error);
    expect(source).to.include({ pulled: 1, returned: 1 });
  });

  it('should return the iterator when the pipe has had enough', async () => {
    const source = hundreds();
    const seen = new Seen(pull(source, take(150), { settles: one, ahead: 0 }));
    await settled();
    expect(seen.completed).to.equal(true);
    expect(source).to.include({ pulled: 2, returned: 1 });
  });

  it('should return the iterator when unsubscribed from while it waits for room', async () => {
    const source = hundreds();
    const seen = new Seen(pull(source, gated([]), { settles: one, ahead: 0 }));
    await settled();
    seen.unsubscribe();
    await settled();
    expect(source).to.include({ pulled: 1, returned: 1 });
  });

  it('should count an item for one unless told otherwise, and for nothing if it has nothing', async () => {
    for (const [sizeOf, pulled] of [[undefined, 3], [({ length }: readonly number[]) => length, 6]] as const) {
      const source = new CountedSource(function* () {
        for (let i = 0; ; i++) yield i % 2 === 0 ? [] : [i];
      });
      const seen = new Seen(pullItems(source, filter(() => false), { ...(sizeOf && { sizeOf }), settles: one, ahead: 2 }));
      await settled();
      expect(source.pulled).to.equal(pulled);
      seen.unsubscribe();
    }
  });

  it('should go on with an item that counts for more than `ahead`, one at a time', async () => {
    const source = hundreds();
    const gates: (() => void)[] = [];
    const hold = concatMap((items: readonly number[]) => new Promise<number>((resolve) => gates.push(() => { resolve(items.length); })));
    const seen = new Seen(pullItems(source, hold, { sizeOf: ({ length }) => length, settles: (length) => length, ahead: 10 }));
    for (let pulled = 1; pulled < 5; pulled++) {
      await settled();
      expect([source.pulled, seen.values.length]).to.deep.equal([pulled, pulled - 1]);
      gates.shift()?.();
    }
    seen.unsubscribe();
  });

  it('should end with the error, and return the iterator, when `sizeOf` throws', async () => {
    const error = new Error('a bug');
    const source = hundreds();
    const seen = new Seen(pullItems(source, identity, { sizeOf: failing(error), settles: one, ahead: 0 }));
    await settled();
    expect(seen.error).to.equal(error);
    expect(source).to.include({ pulled: 1, returned: 1 });
  });

  it('should end, and return the iterator, within an emission that is the end of what is under way', async () => {
    const error = new Error('a bug');
    for (const end of ['take', 'throw'] as const) {
      const source = hundreds();
      const gates: (() => void)[] = [];
      const ending = end === 'take' ? take<number>(1) : tap<number>(failing(error));
      const seen = new Seen(pull(source, gated(gates), { settles: one, ahead: 0 }).pipe(ending));
      await settled();
      gates.shift()?.();
      await settled();
      expect([seen.values.length, seen.completed, seen.error]).to.deep.equal(end === 'take' ? [1, true, undefined] : [0, false, error]);
      expect(source).to.include({ pulled: 1, returned: 1 });
    }
  });

  it('should go on when all that is under way is settled in the emission of the item itself', async () => {
    const source = new CountedSource(function* () {
      for (let i = 0; i < 1000; i++) yield [i, i];
    });
    const seen = new Seen(pullItems(source, identity, { sizeOf: ({ length }) => length, settles: ({ length }) => length, ahead: 0 }));
    await settled();
    expect([seen.values.length, seen.completed, source.pulled]).to.deep.equal([1000, true, 1001]);
  });

  it('should count for each subscriber by itself', async () => {
    const source = hundreds();
    const pulled = pull(source, gated([]), { settles: one, ahead: 150 });
    const seen = [new Seen(pulled), new Seen(pulled)];
    await settled();
    expect(source).to.include({ iterations: 2, pulled: 4 });
    for (const each of seen) each.unsubscribe();
  });
});
