import { expect } from 'chai';
import { concat, defer, EMPTY, finalize, map, mergeMap, Observable, of, take } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { fix } from './fix.js';
import { HandClock } from './HandClock.js';
import { Seen } from './Seen.js';
import { settled } from './settled.js';
import { unheard } from './unheard.js';

/** What an operator is given: fixes as an Observable or as batches, the same each time, and the clock. */
export interface Given {
  readonly source: Observable<Fix>;
  readonly batches: AsyncIterable<readonly Fix[]>;
  readonly clock: HandClock;
}

const FIXES = [0, 0, 3, 3, 3, 2, 900, 2100, 2100, 2500].map((millis, i) =>
  fix(i % 2 === 0 ? 'a' : 'b', { event: i, arrival: millis * 1000 }),
);

/** Subscribes to what is made of the fixes, lets all the time pass that it takes, and looks at what is left of it. */
async function played(made: Operator) {
  const clock = new HandClock();
  let open = 0;
  const source = defer(() => {
    open++;
    return FIXES;
  }).pipe(finalize(() => open--));
  const batches = async function* () {
    open++;
    try {
      for (const [from, to] of [[0, 4], [4, 4], [4, 10]]) yield await Promise.resolve(FIXES.slice(from, to));
    } finally {
      open--;
    }
  };
  const errors = unheard();
  const seen = new Seen(made({ source, batches: { [Symbol.asyncIterator]: batches }, clock }));
  for (let turn = 0; turn < 20; turn++) {
    await settled();
    clock.advance(250);
  }
  await settled();
  const left = { timers: clock.actions.length, open, unheard: await errors() };
  return { seen, left };
}

/** What is unsubscribed from within an emission, when that has been seen. */
const unsubscribing = (source: Observable<unknown>, count: number) =>
  new Observable<unknown>((subscriber) => {
    const end = defer(() => {
      subscriber.unsubscribe();
      return EMPTY;
    });
    source.pipe(mergeMap((value, i) => (i + 1 === count ? concat(of(value), end) : of(value)))).subscribe(subscriber);
  });

const NOTHING = { timers: 0, open: 0, unheard: [] };

export type Operator = (given: Given) => Observable<unknown>;

/** Tests of an operator that is ended within each of its emissions: by `take`, by `unsubscribe`, and by an error below it. */
export function itShouldEndWithin(operator: Operator): void {
  it('should let go of everything when it completes', async () => {
    const { seen, left } = await played(operator);
    expect([seen.completed, seen.error]).to.deep.equal([true, undefined]);
    expect(left).to.deep.equal(NOTHING);
  });

  it('should emit the same up to where `take` ends it, and let go of everything', async () => {
    const { seen: all } = await played(operator);
    expect(all.values).to.not.be.empty;
    for (let count = 0; count <= all.values.length; count++) {
      const { seen, left } = await played((given) => operator(given).pipe(take(count)));
      expect(seen.values, `take(${count})`).to.deep.equal(all.values.slice(0, count));
      expect([seen.completed, seen.error], `take(${count})`).to.deep.equal([true, undefined]);
      expect(left, `take(${count})`).to.deep.equal(NOTHING);
    }
  });

  it('should emit no more once it is unsubscribed from within an emission', async () => {
    const { seen: all } = await played(operator);
    for (let count = 1; count <= all.values.length; count++) {
      const { seen, left } = await played((given) => unsubscribing(operator(given), count));
      expect(seen.values.length, `after ${count}`).to.equal(count);
      expect([seen.completed, seen.error], `after ${count}`).to.deep.equal([false, undefined]);
      expect(left, `after ${count}`).to.deep.equal(NOTHING);
    }
  });

  it('should end with what is thrown below it', async () => {
    const { seen: all } = await played(operator);
    const error = new Error('a bug');
    for (let count = 0; count < all.values.length; count++) {
      const { seen, left } = await played((given) => operator(given).pipe(map((value, i) => {
        if (i === count) throw error;
        return value;
      })));
      expect([seen.values.length, seen.completed, seen.error]).to.deep.equal([count, false, error]);
      expect(left, `after ${count}`).to.deep.equal(NOTHING);
    }
  });
}
