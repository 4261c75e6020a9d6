import type { Instant } from '../domain/instant.js';
import type { Figures } from '../report/Distribution.js';

/** How soon changes could be read up to a moment of the stream: percentiles in ms. */
export interface Latency extends Pick<Figures, 'p50' | 'p95' | 'p99'> {
  readonly at: Instant;
}

const EVERY = 1000; // ms
const MAX = 1800;

/** How soon changes could be read, second by second. Holds those of the last half hour. */
export class Latencies {
  #points: Latency[] = [];
  /** When the last of them was begun, by the wall clock. */
  #since = -Infinity;
  readonly #now: () => number;

  /** @param now the wall clock, in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** In order, the newest last. */
  get points(): readonly Latency[] {
    return this.#points;
  }

  /** Takes what is known by now: within a second, it takes the place of what was known before. */
  add(at: Instant, { p50, p95, p99 }: Figures): void {
    const isNext = this.#now() >= this.#since + EVERY && at !== this.#points.at(-1)?.at;
    if (isNext) this.#since = this.#now();
    else this.#points.pop();
    this.#points.push({ at, p50, p95, p99 });
    if (this.#points.length > MAX) this.#points = this.#points.slice(-MAX);
  }

  /** Forgets all of them: another log has taken the place of the one before. */
  clear(): void {
    this.#points = [];
    this.#since = -Infinity;
  }
}
