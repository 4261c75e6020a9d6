/** Does one piece of work at a time, in the order in which it was asked for. Holds the work that has not begun. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @returns what the work resolves to, or rejects with
   * @throws the reason of the signal, if that is aborted before the work has begun: it is left out then
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const begin = () => {
      signal?.throwIfAborted();
      return work();
    };
    const done = this.#last.then(begin, begin);
    this.#last = done;
    return done;
  }
}
