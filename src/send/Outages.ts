/** ms: an outage is said no sooner after another. */
const EVERY = 10_000;

/** Says in one line that the other side takes nothing, and in another that it does again. */
export class Outages {
  readonly #name: string;
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  #since: number | undefined;
  #said = -Infinity;
  #isSaid = false;

  /**
   * @param name of the other side
   * @param now ms
   */
  constructor(name: string, say: (line: string) => void, now: () => number) {
    this.#name = name;
    this.#say = say;
    this.#now = now;
  }

  /** Something was not taken. An outage that came too soon after another is said as soon as it may be, if it lasts. */
  failed(reason: string): void {
    const now = this.#now();
    this.#since ??= now;
    if (this.#isSaid || now - this.#said < EVERY) return;
    [this.#isSaid, this.#said] = [true, now];
    this.#say(`${this.#name} takes nothing: ${reason}; trying again until it does`);
  }

  /** Something was answered. */
  answered(): void {
    if (this.#since === undefined) return;
    const seconds = (this.#now() - this.#since) / 1000;
    if (this.#isSaid) this.#say(`${this.#name} answers again, after ${seconds.toFixed(1)} s`);
    this.#since = undefined;
    this.#isSaid = false;
  }
}
