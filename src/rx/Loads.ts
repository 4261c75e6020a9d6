export interface LoadsOptions<T, R> {
  /** A load counts for no more, unless one item does. Default: no limit. */
  readonly max?: number;
  /** For how much an item counts. Default: 1. */
  readonly sizeOf?: (item: T) => number;
  /** Told what became of a load, before the next is carried. */
  readonly carried?: (result: R) => void;
  /** Told that a load could not be carried: the others are not. */
  readonly failed: (error: unknown) => void;
}

/**
 * Carries items away in loads, one under way at a time and all in order: what comes meanwhile is the next load, up to
 * `max`. What is added together is carried together. Holds what waits.
 */
export class Loads<T, R> {
  readonly #carry: (load: readonly T[], signal: AbortSignal) => Promise<R>;
  readonly #options: LoadsOptions<T, R>;
  readonly #controller = new AbortController();
  #waiting: T[] = [];
  #busy = false;
  #aborted = false;
  #end: (() => void) | undefined;

  constructor(carry: (load: readonly T[], signal: AbortSignal) => Promise<R>, options: LoadsOptions<T, R>) {
    this.#carry = carry;
    this.#options = options;
  }

  add(item: T): void {
    this.#waiting.push(item);
    this.#look();
  }

  /** Nothing is added after this. @param done called when all is carried */
  end(done: () => void): void {
    this.#end = done;
    this.#look();
  }

  /** Carries nothing more, and aborts the signal that `carry` got. */
  abort(): void {
    this.#aborted = true;
    this.#controller.abort();
  }

  #look(): void {
    if (!this.#busy) this.#carryAll().catch((error: unknown) => { this.#options.failed(error); });
  }

  async #carryAll(): Promise<void> {
    const { signal } = this.#controller;
    this.#busy = true;
    await Promise.resolve(); // what is added together comes first
    while (this.#waiting.length > 0 && !this.#aborted) {
      const result = await this.#carry(this.#take(), signal);
      this.#options.carried?.(result);
    }
    this.#busy = false;
    this.#end?.();
  }

  #take(): T[] {
    const { max = Infinity, sizeOf = () => 1 } = this.#options;
    const waiting = this.#waiting;
    let [count, size] = [0, 0];
    while (count < waiting.length && (count === 0 || size + sizeOf(waiting[count]!) <= max)) size += sizeOf(waiting[count++]!);
    this.#waiting = waiting.slice(count);
    return waiting.slice(0, count);
  }
}
