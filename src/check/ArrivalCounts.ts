import type { Instant } from '../domain/instant.js';

/** How wide a column may be, in µs: each goes into the next a whole number of times. Beyond, they double. */
const WIDTHS = [
  1, 2, 10, 20, 100, 200, 1000, 2000, 10_000, 30_000, 60_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000,
  86_400_000,
].map((millis) => millis * 1000);
const MAX_COLUMNS = 72;

/** How many fixes arrived when: in columns of equal width, which become wider as the span grows, so that it never holds more than 72. */
export class ArrivalCounts {
  #width = WIDTHS[0]!;
  #first = Infinity;
  #last = -Infinity;
  /** By the number of the column, counted from 1970. */
  #counts = new Map<number, number>();
  /** The column of the last arrival, and what is not counted there yet: most fall into that of the one before. */
  #open = NaN;
  #inOpen = 0;

  add(arrival: Instant): void {
    const column = Math.floor(arrival / this.#width);
    if (column === this.#open) {
      this.#inOpen++;
      return;
    }
    this.#close();
    this.#first = Math.min(this.#first, column);
    this.#last = Math.max(this.#last, column);
    while (this.#last - this.#first >= MAX_COLUMNS) this.#widen();
    this.#open = Math.floor(arrival / this.#width);
    this.#inOpen = 1;
  }

  /** From the column of the first arrival to that of the last; `undefined` if there was none. */
  get columns(): { readonly from: Instant; readonly width: number; readonly counts: readonly number[] } | undefined {
    this.#close();
    if (this.#counts.size === 0) return undefined;
    const counts = Array.from({ length: this.#last - this.#first + 1 }, (_, i) => this.#counts.get(this.#first + i) ?? 0);
    return { from: this.#first * this.#width, width: this.#width, counts };
  }

  #close(): void {
    if (this.#inOpen > 0) this.#counts.set(this.#open, (this.#counts.get(this.#open) ?? 0) + this.#inOpen);
    this.#open = NaN;
    this.#inOpen = 0;
  }

  #widen(): void {
    const wider = WIDTHS.find((width) => width > this.#width) ?? this.#width * 2;
    const times = wider / this.#width;
    const narrow = this.#counts;
    this.#counts = new Map();
    for (const [column, count] of narrow) {
      const wide = Math.floor(column / times);
      this.#counts.set(wide, (this.#counts.get(wide) ?? 0) + count);
    }
    this.#first = Math.floor(this.#first / times);
    this.#last = Math.floor(this.#last / times);
    this.#width = wider;
  }
}
