/** An AsyncIterable of batches that counts what is asked of it. */
export class CountedSource<T> implements AsyncIterable<readonly T[]> {
  iterations = 0;
  pulled = 0;
  returned = 0;
  readonly #batches: () => Iterator<readonly T[]>;

  /** @param batches a list, or a generator, which may throw or never end */
  constructor(batches: readonly (readonly T[])[] | (() => Iterator<readonly T[]>)) {
    this.#batches = typeof batches === 'function' ? batches : () => batches.values();
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly T[]> {
    this.iterations++;
    const iterator = this.#batches();
    return {
      next: () => {
        this.pulled++;
        return new Promise((resolve) => { resolve(iterator.next()); }); // rejects if next() throws
      },
      return: () => {
        this.returned++;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}
