import type { Bins } from '../domain/binsOf.js';
import type { Clock } from '../domain/Clock.js';
import type { Instant } from '../domain/instant.js';
import { VERDICTS } from '../domain/latest.js';
import { addCounts, type BinCounts } from './addCounts.js';
import { CLOCKS, COUNTS, UNITS } from './countFormat.js';
import { DamagedIndex } from './DamagedIndex.js';
import { HASH_BYTES } from './hashOf.js';
import { idPages } from './IdPages.js';
import { idsIn } from './idsIn.js';
import { CHECKED, PAGE } from './page.js';
import type { Pages } from './Pages.js';
import { partitionPoint } from './partitionPoint.js';
import { ENTRY, entryOffset, HEAD, MAGIC, pagesOf, RUN, runOffset } from './segmentFormat.js';

const SECOND = 1e6;

/** The rows of one device in a segment. */
export interface Run {
  /** Of the device's id, as of `hashOf`. */
  readonly hash: string;
  /** Where its entries are in the segment. */
  readonly first: number;
  readonly end: number;
  readonly minEvent: Instant;
  readonly maxEvent: Instant;
  readonly minArrival: Instant;
  /** Whether they are in the order of both clocks, not of event time alone. */
  readonly monotone: boolean;
}

/** One row: its times, and where it stands in the file, in bytes. */
export interface Entry {
  readonly event: Instant;
  readonly arrival: Instant;
  readonly start: number;
  readonly bytes: number;
}

/** A segment of an index, as `segmentFormat` lays it out. Every method throws DamagedIndex if what it reads is. */
export class Segment {
  readonly from: number;
  readonly to: number;
  readonly minEvent: Instant;
  readonly maxEvent: Instant;
  readonly minArrival: Instant;
  readonly maxArrival: Instant;
  readonly rows: number;
  /** The CRC-32 of all of the file up to `to`. */
  readonly crc: number;
  /** How many pages it has. */
  readonly length: number;
  readonly #pages: Pages;
  readonly #at: number;
  readonly #runs: number;
  readonly #salt: number;
  /** The kinds of its rows, by their places in `VERDICTS`, and its pages of counts: by each clock, by each unit. */
  readonly #kinds: readonly number[];
  readonly #counts: Uint32Array;
  /** Where its ids are, in pages from its first, and how many bytes they take. */
  readonly #ids: { readonly first: number; readonly bytes: number };

  /** @param at its first page */
  constructor(pages: Pages, at: number) {
    const start = pages.find(at, 0);
    const doubles = pages.held.doubles.subarray(start / 8);
    const u32s = pages.held.u32s.subarray(start / 4);
    if (doubles[HEAD.magic] !== MAGIC) throw new DamagedIndex(`no segment starts at page ${at}`);
    this.#pages = pages;
    this.#at = at;
    this.from = doubles[HEAD.from]!;
    this.to = doubles[HEAD.to]!;
    this.minEvent = doubles[HEAD.minEvent]!;
    this.maxEvent = doubles[HEAD.maxEvent]!;
    this.minArrival = doubles[HEAD.minArrival]!;
    this.maxArrival = doubles[HEAD.maxArrival]!;
    this.rows = u32s[HEAD.U32.rows]!;
    this.#runs = u32s[HEAD.U32.runs]!;
    this.crc = u32s[HEAD.U32.crc]!;
    this.#salt = u32s[HEAD.U32.salt]!;
    this.#kinds = Array.from(VERDICTS.keys()).filter((kind) => (u32s[HEAD.U32.kinds]! >> kind) % 2 === 1);
    this.#counts = u32s.slice(HEAD.U32.counts, HEAD.U32.counts + CLOCKS.length * UNITS.length);
    const first = this.#counts.reduce((sum, pages) => sum + pages, pagesOf(this.rows, this.#runs));
    this.#ids = { first, bytes: u32s[HEAD.U32.ids]! };
    this.length = first + idPages(this.#ids.bytes);
  }

  /** The run of the device with a hash. */
  find(hash: string): Run | undefined {
    const head = headOf(hash);
    const guess = (head / 2 ** 32) * this.#runs; // hashes are spread evenly
    let i = partitionPoint(0, this.#runs, (i) => this.#head(i) < head, guess);
    while (i < this.#runs && this.#head(i) === head && this.#hash(i) !== hash) i++;
    return i < this.#runs && this.#head(i) === head ? this.#run(i, hash) : undefined;
  }

  /** All runs, by their hashes. */
  *runs(): Generator<Run, void, undefined> {
    for (let i = 0; i < this.#runs; i++) yield this.#run(i, this.#hash(i));
  }

  /** The ids of all devices that no segment before it has, and perhaps of others that it has: some at a time. Holds the bytes of all. */
  *newDevices(): Generator<readonly string[], void, undefined> {
    const { first, bytes } = this.#ids;
    const ids = Buffer.alloc(bytes);
    for (let page = 0; page < idPages(bytes); page++) {
      const at = this.#find((first + page) * PAGE);
      this.#pages.held.bytes.copy(ids, page * CHECKED, at, at + CHECKED);
    }
    yield* idsIn(ids);
  }

  entry(place: number): Entry {
    const at = this.#find(entryOffset(this.#runs, place));
    const { doubles, u32s } = this.#pages.held;
    return {
      event: doubles[at / 8 + ENTRY.event]!,
      arrival: doubles[at / 8 + ENTRY.arrival]!,
      start: this.from + u32s[at / 4 + ENTRY.U32.start]!,
      bytes: u32s[at / 4 + ENTRY.U32.bytes]!,
    };
  }

  /** One of the times of an entry: a search looks at many. */
  time(clock: 'event' | 'arrival', place: number): Instant {
    const at = this.#find(entryOffset(this.#runs, place));
    return this.#pages.held.doubles[at / 8 + ENTRY[clock]]!;
  }

  /** Adds how many rows there are of each kind to the bins that they are in, by a clock. */
  addCounts(by: Clock, { from, step, count }: Bins, counts: BinCounts): void {
    const [min, max] = by === 'event' ? [this.minEvent, this.maxEvent] : [this.minArrival, this.maxArrival];
    if (max < from || min >= from + step * count) return;
    const { unit, first, pages } = this.#countsBy(by, step);
    const units = { perBin: step / unit, first: from / unit };
    const isBefore = (page: number) => this.#pages.held.doubles[this.#find((first + page) * PAGE) / 8 + COUNTS.unit]! <= units.first;
    for (let page = Math.max(0, partitionPoint(0, pages, isBefore) - 1); page < pages; page++) {
      const at = this.#find((first + page) * PAGE);
      if (!addCounts(this.#pages.held, at, count, units, this.#kinds, counts)) return;
    }
  }

  /** The pages of counts by the longest unit of which a step is a whole number: the unit in µs, and where its pages are. */
  #countsBy(by: Clock, step: number): { readonly unit: number; readonly first: number; readonly pages: number } {
    const from = CLOCKS.indexOf(by) * UNITS.length;
    const pages = this.#counts.subarray(from, from + UNITS.length);
    const i = UNITS.findLastIndex((seconds, i) => pages[i]! > 0 && step % (seconds * SECOND) === 0);
    const before = this.#counts.subarray(0, from + i).reduce((sum, pages) => sum + pages, 0);
    return { unit: UNITS[i]! * SECOND, first: pagesOf(this.rows, this.#runs) + before, pages: pages[i]! };
  }

  /** The first bytes of a hash, which all but tell it from others, as a number: a search makes no text of it. */
  #head(i: number): number {
    const at = this.#find(runOffset(i));
    return this.#pages.held.bytes.readUInt32BE(at);
  }

  #hash(i: number): string {
    const at = this.#find(runOffset(i));
    return this.#pages.held.bytes.toString('latin1', at, at + HASH_BYTES);
  }

  #run(i: number, hash: string): Run {
    const at = this.#find(runOffset(i));
    const { doubles, u32s } = this.#pages.held;
    const first = u32s[at / 4 + RUN.U32.first]!;
    return {
      hash,
      first,
      end: first + u32s[at / 4 + RUN.U32.count]!,
      minEvent: doubles[at / 8 + RUN.minEvent]!,
      maxEvent: doubles[at / 8 + RUN.maxEvent]!,
      minArrival: doubles[at / 8 + RUN.minArrival]!,
      monotone: u32s[at / 4 + RUN.U32.monotone] === 1,
    };
  }

  /** Where what is so many bytes from the start of the segment, behind its head, is held. */
  #find(offset: number): number {
    const page = Math.floor(offset / PAGE);
    return this.#pages.find(this.#at + page, this.#salt + page - 1) + (offset % PAGE);
  }
}

/** The first four bytes of a hash as a number, which is in the order of the hashes. */
function headOf(hash: string): number {
  return ((hash.charCodeAt(0) << 24) | (hash.charCodeAt(1) << 16) | (hash.charCodeAt(2) << 8) | hash.charCodeAt(3)) >>> 0;
}
