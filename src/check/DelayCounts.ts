const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
/** Where one range of delays ends and the next begins, in seconds. */
const BOUNDS = [0, 1, 2, 5, 10, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 7 * DAY];

/** How many fixes took at least `from` seconds, and less than `to`; no bound is infinite. */
export interface DelayRange {
  readonly from: number;
  readonly to: number;
  readonly fixes: number;
}

/** How many fixes took how long from their event to their arrival, by range: below zero are those whose clock is ahead. */
export class DelayCounts {
  readonly #counts = new Array<number>(BOUNDS.length + 1).fill(0);

  add(seconds: number): void {
    let range = 0;
    while (range < BOUNDS.length && seconds >= BOUNDS[range]!) range++;
    this.#counts[range]!++;
  }

  /** All ranges, the empty ones too. */
  get ranges(): readonly DelayRange[] {
    return this.#counts.map((fixes, i) => ({ from: BOUNDS[i - 1] ?? -Infinity, to: BOUNDS[i] ?? Infinity, fixes }));
  }
}
