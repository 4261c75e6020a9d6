/** Some work. It says when all that is left of it is to wait. */
export type Work<T> = (waits: () => void) => Promise<T>;

/** One piece of work among others. */
interface Turn {
  /** Settles with the work. */
  readonly done: Promise<unknown>;
  /** Resolves when whoever asked for the work has been told how it ended. */
  readonly told: Promise<unknown>;
  /** Resolves when all that is left of the work after it is to wait; not there if nothing comes after it. */
  next?: Promise<void>;
}

/**
 * Does one piece of work at a time, each as soon as the one before is done.
 *
 * Results are told in order, and each only when the next work waits: whoever is told has more to do, and must not hold up
 * what the next work begins with.
 *
 *     work    ==a---A                = it works, - it waits
 *                    ==b---B
 *     told             A    B        B at once, since nothing comes after it
 *
 * When work fails, what comes after it fails with the same error, and is not begun. Holds the work that has not begun.
 */
export class OneByOne {
  #last: Turn = { done: Promise.resolve(), told: Promise.resolve() };

  /** @returns what the work resolves to, or rejects with */
  take<T>(work: Work<T>): Promise<T> {
    const before = this.#last;
    let waits = (): void => undefined;
    before.next = new Promise((resolve) => (waits = resolve));
    const done = before.done.then(() => work(waits)).finally(waits);
    const told = done
      .finally(() => before.told)
      .then(async (result) => {
        await turn.next;
        return result;
      });
    const turn: Turn = { done, told: told.catch(() => undefined) }; // its error is for whoever asked for the work
    this.#last = turn;
    return told;
  }
}
