import { inChunks } from '../domain/inChunks.js';
import { VERDICTS } from '../domain/latest.js';
import { rangeOf } from '../domain/rangeOf.js';
import { sortTogether, spareFor, type Sorted } from '../domain/sortTogether.js';

export const KINDS = VERDICTS.length;
const SECOND = 1e6;

/**
 * The number of rows of each kind in each unit of time that has rows, in order. Holds 24 bytes for each row that is counted at
 * once, and 24 for each unit.
 */
export class Tally {
  /** How many units there are. */
  size = 0;
  /** Their numbers since 1970. */
  units = new Float64Array(0);
  /** How many rows there are in each, of each kind: four a unit. */
  counts = new Uint32Array(0);
  #now = spareFor(0);
  #spare = spareFor(0);

  /** Counts rows by the second. @param verdicts the kind of each, by its place in `VERDICTS` */
  count(times: Float64Array, verdicts: Uint8Array, from: number, to: number): void {
    this.#makeRoom(to - from);
    let seconds = part(this.#now, to - from);
    inChunks(from, to, (first, end) => { takeSeconds(times, verdicts, from, seconds, first, end); });
    const { min, max } = rangeOf(seconds.keys);
    if (max - min < this.units.length) {
      this.#countEach(seconds, min, max - min + 1);
      return;
    }
    seconds = sortTogether(seconds.keys, seconds.places, part(this.#spare, to - from));
    this.size = 0;
    inChunks(0, to - from, (first, end) => { this.#add(seconds, first, end); });
  }

  /** Counts by a unit that is so many times as long. */
  lengthen(times: number): void {
    const { units, counts, size } = this;
    let last = -1;
    for (let i = 0; i < size; i++) {
      const unit = Math.floor(units[i]! / times);
      if (last < 0 || units[last] !== unit) {
        units[++last] = unit;
        for (let kind = 0; kind < KINDS; kind++) counts[last * KINDS + kind] = counts[i * KINDS + kind]!;
      } else for (let kind = 0; kind < KINDS; kind++) counts[last * KINDS + kind]! += counts[i * KINDS + kind]!;
    }
    this.size = last + 1;
  }

  /** Counts by each second of a stretch, and leaves out those in which there are no rows: faster than to sort. */
  #countEach({ keys, places }: Sorted, start: number, length: number): void {
    const { counts } = this;
    counts.fill(0, 0, length * KINDS);
    inChunks(0, keys.length, (first, end) => { countIn(counts, keys, places, start, first, end); });
    this.size = 0;
    inChunks(0, length, (first, end) => { this.#keepCounted(start, first, end); });
  }

  #keepCounted(start: number, first: number, end: number): void {
    const { units, counts } = this;
    for (let i = first; i < end; i++) {
      const at = i * KINDS;
      const rows = counts[at]! + counts[at + 1]! + counts[at + 2]! + counts[at + 3]!;
      if (rows === 0) continue;
      for (let kind = 0; kind < KINDS; kind++) counts[this.size * KINDS + kind] = counts[at + kind]!;
      units[this.size++] = start + i;
    }
  }

  #add({ keys, places }: Sorted, first: number, end: number): void {
    const { units, counts } = this;
    let last = this.size - 1;
    for (let i = first; i < end; i++) {
      if (last < 0 || units[last] !== keys[i]) {
        units[++last] = keys[i]!;
        counts.fill(0, last * KINDS, (last + 1) * KINDS);
      }
      counts[last * KINDS + places[i]!]!++;
    }
    this.size = last + 1;
  }

  /** Always of the same memory, since what is given back by the megabyte is collected late. */
  #makeRoom(rows: number): void {
    if (rows <= this.units.length) return;
    const size = rows + (rows >>> 3);
    [this.#now, this.#spare] = [spareFor(size), spareFor(size)];
    [this.units, this.counts] = [new Float64Array(size), new Uint32Array(size * KINDS)];
  }
}

function part({ keys, places }: Sorted, count: number): Sorted {
  return { keys: keys.subarray(0, count), places: places.subarray(0, count) };
}

function takeSeconds(times: Float64Array, verdicts: Uint8Array, from: number, { keys, places }: Sorted, first: number, end: number): void {
  for (let row = first; row < end; row++) {
    keys[row - from] = Math.floor(times[row]! / SECOND);
    places[row - from] = verdicts[row]!;
  }
}

function countIn(counts: Uint32Array, units: Float64Array, kinds: Uint32Array, start: number, first: number, end: number): void {
  for (let row = first; row < end; row++) counts[(units[row]! - start) * KINDS + kinds[row]!]!++;
}
