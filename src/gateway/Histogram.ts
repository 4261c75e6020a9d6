/** Where its buckets end, in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** How long things took, as Prometheus counts it. */
export class Histogram {
  readonly #counts = new Float64Array(BOUNDS.length);
  #count = 0;
  #sum = 0;

  record(seconds: number): void {
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    if (at >= 0) this.#counts[at]!++;
    this.#count++;
    this.#sum += seconds;
  }

  /** Its lines in the text format of Prometheus. */
  text(name: string): string {
    let below = 0;
    const lines = BOUNDS.map((bound, i) => `${name}_bucket{le="${bound}"} ${(below += this.#counts[i]!)}\n`);
    return `${lines.join('')}${name}_bucket{le="+Inf"} ${this.#count}\n${name}_sum ${this.#sum}\n${name}_count ${this.#count}\n`;
  }
}
