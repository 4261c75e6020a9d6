/** Room for so much under way at once: who reads waits until there is some. */
export class Room {
  readonly #size: number;
  #taken = 0;
  #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Resolves when there is room. */
  free(): Promise<void> | undefined {
    return this.#taken <= this.#size ? undefined : new Promise((resolve) => this.#waiting.push(resolve));
  }

  take(size: number): void {
    this.#taken += size;
  }

  give(size: number): void {
    this.#taken -= size;
    if (this.#taken > this.#size) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
