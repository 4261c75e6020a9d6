import { Later } from './Answer.js';

interface Deadline {
  readonly at: number;
  readonly late: () => void;
}

/** Has many things done in time, by one clock that is looked at now and then. Holds those that are under way. */
export class Deadlines {
  readonly #millis: number;
  readonly #now: () => number;
  readonly #waiting = new Set<Deadline>(); // the first one comes first

  /**
   * @param millis how long each may take
   * @param now ms of a clock that does not go back
   */
  constructor(millis: number, now: () => number) {
    this.#millis = millis;
    this.#now = now;
  }

  /** What is promised, if it comes in time. @throws Later if it does not */
  within<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = () => { reject(new Later(503, 'no-stream', 'the stream does not answer: send it again later')); };
      const deadline = { at: this.#now() + this.#millis, late };
      this.#waiting.add(deadline);
      promise.finally(() => this.#waiting.delete(deadline)).then(resolve, reject);
    });
  }

  /** Ends the waiting for what is late. */
  look(): void {
    for (const deadline of this.#waiting) {
      if (deadline.at > this.#now()) return;
      this.#waiting.delete(deadline);
      deadline.late();
    }
  }
}
