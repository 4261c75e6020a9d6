import { randomInt } from 'node:crypto';
import type { Fix } from '../domain/fix.js';
import { hashOf } from './hashOf.js';
import { PAGE, sealPages } from './page.js';
import { ENTRY, entryOffset, HEAD, MAGIC, nextEntryOffset, pagesOf, RUN, runOffset } from './segmentFormat.js';

/** A segment of so many rows is not put together with others. */
export const FULL = 131_072;
/** Nor is one of so many bytes: places within it are integers of 32 bits. */
const LONGEST = 2 ** 30;
const MOST_SALT = 2 ** 32;

/**
 * Gathers rows of a CSV file, in the order of the file, and makes segments of its index from them. Holds 32 bytes
 * a row, and the last segment that it made.
 */
export class SegmentBuilder {
  readonly #hashes = new Map<string, string>();
  #from = 0;
  #to = 0;
  #rows = 0;
  #devices = new Map<string, number>();
  #device = new Uint32Array(1024);
  #event = new Float64Array(1024);
  #arrival = new Float64Array(1024);
  #start = new Uint32Array(1024);
  #bytes = new Uint32Array(1024);
  #order = new Uint32Array(1024);
  #pages = Buffer.alloc(0);

  /** How many rows it has. */
  get rows(): number {
    return this.#rows;
  }

  /** Where its rows begin in the file, and where the last of them ends, in bytes. */
  get from(): number {
    return this.#from;
  }
  get to(): number {
    return this.#to;
  }

  get isFull(): boolean {
    return this.#rows >= FULL || this.#to - this.#from >= LONGEST;
  }

  /** Leaves the rows behind that it has; the next begin at a byte of the file, or later. */
  begin(from: number): void {
    this.#from = from;
    this.#to = from;
    this.#rows = 0;
    this.#devices = new Map();
  }

  /** Adds the row of a fix that starts at a byte of the file, and has so many. */
  add({ device, event, arrival }: Fix, start: number, bytes: number): void {
    if (this.#rows === this.#event.length) this.#grow();
    const row = this.#rows++;
    let number = this.#devices.get(device);
    if (number === undefined) this.#devices.set(device, (number = this.#devices.size));
    this.#device[row] = number;
    this.#event[row] = event;
    this.#arrival[row] = arrival;
    this.#start[row] = start - this.#from;
    this.#bytes[row] = bytes;
    this.#to = start + bytes;
  }

  /**
   * Its rows, or those from one on, as a segment, which is good until the next is built.
   *
   * @param crc the CRC-32 of all of the file up to where the last row ends
   */
  build(crc: number, fromRow = 0): Buffer {
    const runs = this.#byDevice(fromRow);
    const from = fromRow === 0 ? 0 : this.#start[fromRow - 1]! + this.#bytes[fromRow - 1]!;
    const pages = this.#emptyPages(pagesOf(this.#rows - fromRow, runs.length));
    const doubles = new Float64Array(pages.buffer, pages.byteOffset, pages.length / 8);
    const u32s = new Uint32Array(pages.buffer, pages.byteOffset, pages.length / 4);
    let [minEvent, maxEvent, minArrival, maxArrival] = [Infinity, -Infinity, Infinity, -Infinity];

    const [event, arrival, start, bytes] = [this.#event, this.#arrival, this.#start, this.#bytes];
    for (const [i, { hash, first, end }] of runs.entries()) {
      const rows = this.#order.subarray(first, end);
      sortByTime(rows, event, arrival);
      let monotone = true;
      let at = entryOffset(runs.length, first);
      let [earliest, latest, before] = [Infinity, -Infinity, -Infinity];
      for (let place = first; place < end; place++) {
        const row = rows[place - first]!;
        const time = arrival[row]!;
        if (time < before) monotone = false;
        before = time;
        if (time < earliest) earliest = time;
        if (time > latest) latest = time;
        doubles[at / 8 + ENTRY.event] = event[row]!;
        doubles[at / 8 + ENTRY.arrival] = time;
        u32s[at / 4 + ENTRY.U32.start] = start[row]! - from;
        u32s[at / 4 + ENTRY.U32.bytes] = bytes[row]!;
        at = nextEntryOffset(at);
      }
      const [oldest, newest] = [this.#event[rows[0]!]!, this.#event[rows.at(-1)!]!];
      const runAt = runOffset(i);
      pages.write(hash, runAt, 'latin1');
      doubles[runAt / 8 + RUN.minEvent] = oldest;
      doubles[runAt / 8 + RUN.maxEvent] = newest;
      doubles[runAt / 8 + RUN.minArrival] = earliest;
      u32s[runAt / 4 + RUN.U32.first] = first;
      u32s[runAt / 4 + RUN.U32.count] = end - first;
      u32s[runAt / 4 + RUN.U32.monotone] = Number(monotone);
      minEvent = Math.min(minEvent, oldest);
      maxEvent = Math.max(maxEvent, newest);
      minArrival = Math.min(minArrival, earliest);
      maxArrival = Math.max(maxArrival, latest);
    }
    doubles[HEAD.magic] = MAGIC;
    doubles[HEAD.from] = this.#from + from;
    doubles[HEAD.to] = this.#to;
    doubles[HEAD.minEvent] = minEvent;
    doubles[HEAD.maxEvent] = maxEvent;
    doubles[HEAD.minArrival] = minArrival;
    doubles[HEAD.maxArrival] = maxArrival;
    u32s[HEAD.U32.rows] = this.#rows - fromRow;
    u32s[HEAD.U32.runs] = runs.length;
    u32s[HEAD.U32.crc] = crc;
    const salt = randomInt(MOST_SALT);
    u32s[HEAD.U32.salt] = salt;
    sealPages(pages.subarray(0, PAGE), 0);
    sealPages(pages.subarray(PAGE), salt);
    return pages;
  }

  /** Puts the rows from one on in the order of their devices' hashes, each device's in that of the file; says where they are. */
  #byDevice(fromRow: number) {
    const sizes = new Uint32Array(this.#devices.size);
    for (const number of this.#device.subarray(fromRow, this.#rows)) sizes[number]!++;
    const devices = [...this.#devices]
      .filter(([, number]) => sizes[number]! > 0)
      .map(([device, number]) => ({ hash: this.#hash(device), number }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const next = sizes;
    let first = 0;
    const runs = devices.map(({ hash, number }) => {
      const end = first + sizes[number]!;
      const run = { hash, first, end };
      next[number] = first;
      first = end;
      return run;
    });
    const [order, device] = [this.#order, this.#device];
    for (let row = fromRow; row < this.#rows; row++) order[next[device[row]!]!++] = row;
    return runs;
  }

  #hash(device: string): string {
    let hash = this.#hashes.get(device);
    if (hash === undefined) this.#hashes.set(device, (hash = hashOf(device)));
    return hash;
  }

  /** Always of the same memory: what is given back to V8 by the megabyte makes it collect garbage, all of it. */
  #emptyPages(count: number): Buffer {
    if (this.#pages.length < count * PAGE) this.#pages = Buffer.alloc(count * PAGE);
    return this.#pages.subarray(0, count * PAGE).fill(0);
  }

  #grow(): void {
    const grown = <T extends Uint32Array | Float64Array>(from: T, to: T): T => (to.set(from), to);
    const size = this.#rows * 2;
    this.#device = grown(this.#device, new Uint32Array(size));
    this.#event = grown(this.#event, new Float64Array(size));
    this.#arrival = grown(this.#arrival, new Float64Array(size));
    this.#start = grown(this.#start, new Uint32Array(size));
    this.#bytes = grown(this.#bytes, new Uint32Array(size));
    this.#order = new Uint32Array(size);
  }
}

/** So many places on average a row may be moved on when it is put in its place. */
const NEAR = 16;

/**
 * Sorts rows by event time, arrival time, and place in the file. Most are in that order already, or near it, so
 * each is put in its place among those before it; where that moves too many, they are sorted by comparing.
 */
function sortByTime(rows: Uint32Array, event: Float64Array, arrival: Float64Array): void {
  let moves = NEAR * rows.length;
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    const [time, second] = [event[row]!, arrival[row]!];
    let place = i;
    for (; place > 0; place--) {
      const other = rows[place - 1]!;
      if (event[other]! < time || (event[other] === time && (arrival[other]! < second || (arrival[other] === second && other < row)))) break;
      rows[place] = other;
    }
    rows[place] = row;
    if ((moves -= i - place) < 0) {
      rows.sort((a, b) => event[a]! - event[b]! || arrival[a]! - arrival[b]! || a - b);
      return;
    }
  }
}
