import type { Instant } from '../../domain/instant.js';
import type { Sighting } from './Sighting.js';

const SECONDS = 7200; // of stream time that are kept

/** How many changes and late fixes arrived in each second of stream time: the newest two hours of it. */
export class Counts {
  private readonly changes = new Map<number, number>();
  private readonly late = new Map<number, number>();
  private begin = Infinity; // the second of the first of all

  /** Counts fixes by when they arrived. */
  add(changes: readonly Sighting[], late: readonly Sighting[]): void {
    for (const { arrival } of [...changes, ...late]) this.begin = Math.min(this.begin, Math.floor(arrival / 1e6));
    for (const { arrival } of changes) increase(this.changes, arrival);
    for (const { arrival } of late) increase(this.late, arrival);
  }

  /**
   * The rates of a stretch of stream time, in as many equal parts, the first and the last as far as they go; drops what
   * is too old to be asked for again.
   */
  rates(to: Instant, seconds: number, parts: number): { readonly at: number[]; readonly changes: number[]; readonly late: number[] } {
    const end = Math.floor(to / 1e6);
    if (this.begin > end) return { at: [], changes: [], late: [] };
    const width = Math.max(1, Math.ceil(seconds / parts));
    const first = Math.floor(Math.max(end - seconds, this.begin) / width) * width;
    const length = Math.floor((end - first) / width) + 1;
    const secondsOf = (part: number) => Math.min(end + 1, first + (part + 1) * width) - Math.max(this.begin, first + part * width);
    const sums = (counted: ReadonlyMap<number, number>) => {
      const each = new Array<number>(length).fill(0);
      for (const [second, many] of counted) if (second >= first && second <= end) each[Math.floor((second - first) / width)]! += many;
      return each.map((many, part) => many / secondsOf(part));
    };
    for (const counted of [this.changes, this.late])
      for (const second of counted.keys()) if (second < end - SECONDS) counted.delete(second);
    return { at: Array.from({ length }, (_, i) => first + i * width), changes: sums(this.changes), late: sums(this.late) };
  }
}

function increase(counted: Map<number, number>, arrival: Instant): void {
  const second = Math.floor(arrival / 1e6);
  counted.set(second, (counted.get(second) ?? 0) + 1);
}
