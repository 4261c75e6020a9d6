import { expect } from 'chai';
import { Subject } from 'rxjs';
import { inLoads } from '../../src/rx/inLoads.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

/** Carries loads of letters, each until the test says so. */
class Carts {
  readonly loads: string[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #waiting: { resolve(emitted: string): void; reject(error: Error): void }[] = [];

  carry(load: readonly string[], signal: AbortSignal): Promise<string> {
    this.loads.push(load.join(''));
    this.signals.push(signal);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async arrive(): Promise<void> {
    this.#waiting.shift()!.resolve(this.loads.at(-1)!.toUpperCase());
    await settled();
  }

  async fail(error: Error): Promise<void> {
    this.#waiting.shift()!.reject(error);
    await settled();
  }
}

describe('inLoads', () => {
  let carts: Carts;
  let source: Subject<string>;
  let seen: Seen<string>;
  const start = (options?: Parameters<typeof inLoads<string, string>>[1]) => {
    [carts, source] = [new Carts(), new Subject()];
    seen = new Seen(source.pipe(inLoads((load, signal) => carts.carry(load, signal), options)));
  };
  const emit = async (letters: string) => {
    for (const letter of letters) source.next(letter);
    await settled();
  };
  beforeEach(() => { start(); });

  it('should carry one load at a time: what is emitted together, then what came meanwhile', async () => {
    await emit('ab');
    await emit('c');
    await emit('d');
    expect(carts.loads).to.deep.equal(['ab']);
    await carts.arrive();
    expect(carts.loads).to.deep.equal(['ab', 'cd']);
    await carts.arrive();
    await emit('e');
    expect(carts.loads).to.deep.equal(['ab', 'cd', 'e']);
    expect(seen.values).to.deep.equal(['AB', 'CD']);
  });

  it('should make no load larger than that, unless one item is', async () => {
    start({ max: 5, sizeOf: (letter) => (letter === 'X' ? 9 : 2) });
    await emit('abcXd');
    for (let i = 0; i < 4; i++) await carts.arrive();
    expect(carts.loads).to.deep.equal(['ab', 'c', 'X', 'd']);
  });

  it('should complete when all is carried, or at once if there is nothing', async () => {
    await emit('a');
    source.complete();
    await emit('');
    expect(seen.completed).to.equal(false);
    await carts.arrive();
    expect([seen.completed, seen.values]).to.deep.equal([true, ['A']]);
    start();
    source.complete();
    await settled();
    expect(seen.completed).to.equal(true);
  });

  it('should pass on an error of its source when what came before it is carried', async () => {
    await emit('a');
    source.next('b');
    source.error(new Error('broken'));
    await carts.arrive();
    expect([carts.loads, seen.error]).to.deep.equal([['a', 'b'], undefined]);
    await carts.arrive();
    expect(seen.error).to.include({ message: 'broken' });
  });

  it('should pass on an error of its carrier at once, and carry nothing more', async () => {
    await emit('a');
    await emit('b');
    await carts.fail(new Error('sunk'));
    expect([carts.loads, (seen.error as Error).message, source.observed]).to.deep.equal([['a'], 'sunk', false]);
  });

  it('should tell its carrier when nobody waits any more', async () => {
    await emit('a');
    await emit('b');
    expect(carts.signals[0]!.aborted).to.equal(false);
    seen.unsubscribe();
    expect([carts.signals[0]!.aborted, source.observed]).to.deep.equal([true, false]);
    await carts.arrive();
    expect([carts.loads, seen.values]).to.deep.equal([['a'], []]);
  });
});
