/** Does one work after the other, and no more when one has failed: what follows would leave a gap. */
export class Sequence {
  #last: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  /** @returns what the work resolves to; rejects with what this or an earlier work has failed with */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      if (this.#failure) throw this.#failure.error;
      return work();
    });
    this.#last = done.catch((error: unknown) => { this.#failure ??= { error }; }); // said to who waits for it
    return done;
  }

  /** Resolves when all that was asked for is over: to whether none has failed. */
  async ended(): Promise<boolean> {
    await this.#last;
    return this.#failure === undefined;
  }
}
