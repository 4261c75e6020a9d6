import { createHistogram } from 'node:perf_hooks';

/** The figures of a distribution, in ms. */
export interface Figures {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const NANOS = 1e6;
const MOST = Number.MAX_SAFE_INTEGER;

/**
 * How durations are distributed: every one counts, none is sampled. Percentiles are right to 0.1 %, as an
 * HDR histogram of nanoseconds gives them; mean and maximum are exact. Holds some 200 kB, however many. Durations
 * in seconds do as well: then it gives seconds, by a histogram of microseconds.
 */
export class Distribution {
  readonly #histogram = createHistogram();
  #count = 0;
  #sum = 0;
  #max = 0;

  /** Records a duration in ms. */
  record(millis: number): void {
    this.#histogram.record(Math.min(MOST, Math.max(1, Math.round(millis * NANOS))));
    this.#count++;
    this.#sum += millis;
    if (millis > this.#max) this.#max = millis;
  }

  /** The figures of all that was recorded, or `undefined` if nothing was. */
  figures(): Figures | undefined {
    if (this.#count === 0) return undefined;
    const percentile = (p: number) => Math.min(this.#max, this.#histogram.percentile(p) / NANOS);
    return {
      mean: this.#sum / this.#count,
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: this.#max,
    };
  }
}
