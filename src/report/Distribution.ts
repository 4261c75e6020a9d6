/** The figures of a distribution, in ms. */
export interface Figures {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Buckets by the first bits of a double, of which so many are left out: ten bits of its fraction tell 0.1 % apart. */
const LEFT_OUT = 10;
/** A double, and its bits. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const high = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0; // which word comes first is the machine's
const [MIN_BUCKET, MAX_BUCKET] = [bucketOf(1e-6), bucketOf(2 ** 43)];

/**
 * How durations are distributed: every one counts, none is sampled. Percentiles are right to 0.1 %, as of an HDR
 * histogram: the buckets are as wide as what is in them is large; less than a nanosecond is nothing. Mean and maximum
 * are exact. Holds some 520 kB, however
 * many. Durations in seconds do as well: then it gives seconds.
 */
export class Distribution {
  readonly #counts = new Float64Array(MAX_BUCKET - MIN_BUCKET + 1);
  #count = 0;
  #sum = 0;
  #max = 0;

  /** Records a duration in ms, or so many that are equally long. */
  record(millis: number, count = 1): void {
    this.#counts[Math.min(MAX_BUCKET, Math.max(MIN_BUCKET, bucketOf(millis))) - MIN_BUCKET]! += count;
    this.#count += count;
    this.#sum += millis * count;
    if (millis > this.#max) this.#max = millis;
  }

  /** The figures of all that was recorded, or `undefined` if nothing was. */
  figures(): Figures | undefined {
    if (this.#count === 0) return undefined;
    return {
      mean: this.#sum / this.#count,
      p50: this.#percentile(50),
      p95: this.#percentile(95),
      p99: this.#percentile(99),
      max: this.#max,
    };
  }

  /** A duration that so many per cent do not exceed. */
  #percentile(p: number): number {
    let left = Math.max(1, Math.floor((this.#count * p) / 100 + 0.5));
    let bucket = -1;
    while (left > 0) left -= this.#counts[++bucket]!;
    return bucket === 0 ? 0 : Math.min(this.#max, topOf(bucket + MIN_BUCKET));
  }
}

/** The bucket of a number from 0 up. */
function bucketOf(number: number): number {
  double[0] = number;
  return words[high]! >>> LEFT_OUT;
}

/** The number where a bucket ends. */
function topOf(bucket: number): number {
  words[high] = (bucket + 1) << LEFT_OUT;
  words[1 - high] = 0;
  return double[0]!;
}
