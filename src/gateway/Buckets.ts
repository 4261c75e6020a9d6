/** So many are held; then the one that was used longest ago is forgotten. */
const MAX_HELD = 262_144;

interface Bucket {
  /** What may still be taken; less than 0 after more was taken at once than there was. */
  left: number;
  /** When that was so, in ms. */
  at: number;
}

/**
 * Limits how much each of many takes: so much a second, and ten seconds' worth at once. What is more than that at once is
 * taken if nothing was before, and is waited for afterwards. Holds the 262,144 that were used last.
 */
export class Buckets {
  readonly #rate: number;
  readonly #most: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param rate what each may take a second
   * @param now ms of any clock that does not go back
   */
  constructor(rate: number, now: () => number) {
    this.#rate = rate;
    this.#most = Math.max(1, 10 * rate);
    this.#now = now;
  }

  /** How many seconds from now one may take something; 0 if it may now. */
  wait(name: string): number {
    const { left } = this.#bucket(name);
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#rate);
  }

  /** Takes. */
  take(name: string, count: number): void {
    const bucket = this.#bucket(name);
    bucket.left -= count;
    this.#buckets.delete(name);
    this.#buckets.set(name, bucket);
    if (this.#buckets.size <= MAX_HELD) return;
    const [oldest] = this.#buckets.keys();
    this.#buckets.delete(oldest!);
  }

  #bucket(name: string): Bucket {
    const at = this.#now();
    const known = this.#buckets.get(name) ?? { left: this.#most, at };
    known.left = Math.min(this.#most, known.left + ((at - known.at) / 1000) * this.#rate);
    known.at = at;
    return known;
  }
}
