import { expect } from 'chai';
import { take, tap } from 'rxjs';
import { fromAsync } from '../../src/rx/fromAsync.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';
import { unheard } from '../support/unheard.js';

/** Items, and what is asked of who iterates over them. */
class Asked<T> implements AsyncIterable<T> {
  readonly told: string[] = [];
  readonly #next: () => IteratorResult<T, undefined> | Promise<IteratorResult<T, undefined>>;

  constructor(next: () => IteratorResult<T, undefined> | Promise<IteratorResult<T, undefined>>) {
    this.#next = next;
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    this.told.push('iterate');
    return {
      next: () => {
        this.told.push('next');
        return new Promise((resolve) => { resolve(this.#next()); });
      },
      return: () => {
        this.told.push('return');
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

/** Numbers from 0 on. */
const counting = (count = Infinity) => {
  let at = 0;
  return new Asked<number>(() => (at < count ? { value: at++ } : { done: true, value: undefined }));
};
const forEver = () => new Promise<never>(() => undefined);

describe('fromAsync', () => {
  it('should emit every item in order, and complete', async () => {
    const seen = new Seen(fromAsync(counting(3)));
    await settled();
    expect([seen.values, seen.completed]).to.deep.equal([[0, 1, 2], true]);
  });

  it('should complete when there are none', async () => {
    const seen = new Seen(fromAsync(counting(0)));
    await settled();
    expect([seen.values, seen.completed]).to.deep.equal([[], true]);
  });

  it('should neither emit nor complete while the first is still to come', async () => {
    const seen = new Seen(fromAsync(new Asked<number>(forEver)));
    await settled();
    expect([seen.values, seen.completed, seen.error]).to.deep.equal([[], false, undefined]);
  });

  it('should ask for nothing before it is subscribed to, and iterate anew for each subscriber', async () => {
    const source = counting(0);
    const items = fromAsync(source);
    expect(source.told).to.deep.equal([]);
    for (const seen of [new Seen(items), new Seen(items)]) {
      await settled();
      expect(seen.completed).to.equal(true);
    }
    expect(source.told.filter((what) => what === 'iterate')).to.have.length(2);
  });

  it('should ask for the next only when ready, and not look at `ready` before there is one', async () => {
    const gates: (() => void)[] = [];
    const source = counting();
    const seen = new Seen(fromAsync(source, () => new Promise<void>((resolve) => gates.push(resolve))));
    expect(gates).to.have.length(0);
    for (let items = 1; items < 5; items++) {
      await settled();
      expect([seen.values.length, gates.length, source.told.filter((what) => what === 'next').length]).to.deep.equal([items, items, items]);
      gates.at(-1)!();
    }
    seen.unsubscribe();
  });

  it('should keep an item good until the next is asked for: all that is done in its emission comes before', async () => {
    const log: unknown[] = [];
    const source = counting(2);
    source.told.push = (...what) => log.push(...what);
    fromAsync(source).subscribe((item) => log.push(item));
    await settled();
    expect(log).to.deep.equal(['iterate', 'next', 0, 'next', 1, 'next']);
  });

  it('should pass on an error of getting the iterator, of the iterable and of `ready`, after what came before', async () => {
    const error = new Error('disk on fire');
    const broken = { [Symbol.asyncIterator]: () => { throw error; } };
    let items = 0;
    const failing = new Asked(() => {
      if (items++ === 1) throw error;
      return { value: 'a' };
    });
    for (const [observable, values] of [
      [fromAsync(broken), []],
      [fromAsync(failing), ['a']],
      [fromAsync(counting(), () => Promise.reject(error)), [0]],
      [fromAsync(counting(), () => { throw error; }), [0]],
    ] as const) {
      const seen = new Seen<unknown>(observable);
      await settled();
      expect([seen.values, seen.error]).to.deep.equal([values, error]);
    }
  });

  it('should return the iterator, and ask for no more, when it is unsubscribed from while it waits', async () => {
    const waiting = counting();
    const asked = new Asked<number>(forEver);
    for (const [source, ready] of [[waiting, forEver], [asked, undefined]] as const) {
      const seen = new Seen(fromAsync(source, ready));
      await settled();
      seen.unsubscribe();
      await settled();
      expect(source.told).to.deep.equal(['iterate', 'next', 'return']);
    }
  });

  it('should emit nothing that comes after it was unsubscribed from', async () => {
    let give: (result: IteratorResult<string, undefined>) => void = () => undefined;
    const source = new Asked<string>(() => new Promise((resolve) => (give = resolve)));
    const seen = new Seen(fromAsync(source));
    await settled();
    seen.unsubscribe();
    give({ value: 'late' });
    await settled();
    expect([seen.values, seen.completed]).to.deep.equal([[], false]);
    expect(source.told).to.deep.equal(['iterate', 'next', 'return']);
  });

  it('should ask for no more when its subscriber has had enough within an emission', async () => {
    for (const enough of [1, 3]) {
      const source = counting();
      const seen = new Seen(fromAsync(source).pipe(take(enough)));
      await settled();
      expect([seen.values.length, seen.completed]).to.deep.equal([enough, true]);
      expect(source.told).to.deep.equal(['iterate', ...Array<string>(enough).fill('next'), 'return']);
    }
  });

  it('should ask for no more when an emission fails, and pass that on', async () => {
    const errors = unheard();
    const error = new Error('a bug');
    const source = counting();
    const seen = new Seen(fromAsync(source).pipe(tap(() => { throw error; })));
    await settled();
    expect(seen.error).to.equal(error);
    expect(source.told).to.deep.equal(['iterate', 'next', 'return']);
    expect(await errors()).to.deep.equal([]);
  });

  it('should get through any number of items that are there at once', async () => {
    let count = 0;
    const seen = new Seen(fromAsync(counting(50_000)).pipe(tap(() => count++)));
    await settled();
    expect([count, seen.completed]).to.deep.equal([50_000, true]);
  });
});
