/** An AsyncIterable of batches that counts what is asked of it. */
export class CountedSource<T> implements AsyncIterable<readonly T[]> {
  iterations = 0;
  pulled = 0;
  returned = 0;
  /** How many have come to their end by themselves, or failed. */
  ended = 0;
  readonly #batches: () => Iterator<readonly T[]>;

  /** @param batches a list, or a generator, which may throw or never end */
  constructor(batches: readonly (readonly T[])[] | (() => Iterator<readonly T[]>)) {
    this.#batches = typeof batches === 'function' ? batches : () => batches.values();
  }

  /** How many iterations are under way. */
  get open(): number {
    return this.iterations - this.returned - this.ended;
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly T[]> {
    this.iterations++;
    const iterator = this.#batches();
    return {
      next: () => {
        this.pulled++;
        this.ended++; // unless it gives another batch
        return new Promise((resolve) => { // which rejects if next() throws
          const result = iterator.next();
          if (!result.done) this.ended--;
          resolve(result);
        });
      },
      return: () => {
        this.returned++;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}
