import { randomInt } from 'node:crypto';
import type { DeviceIds } from '../domain/DeviceIds.js';
import { finish, type Steps } from '../domain/finish.js';
import { VERDICTS } from '../domain/latest.js';
import { rangeOf } from '../domain/rangeOf.js';
import type { AddedRows } from './AddedRows.js';
import { DeviceRanks } from './DeviceRanks.js';
import { IdPages } from './IdPages.js';
import { PAGE, sealPages } from './page.js';
import { roomFor } from './RowColumns.js';
import { RowSorter } from './RowSorter.js';
import { HEAD, MAGIC, pagesOf } from './segmentFormat.js';
import type { Entry } from './Segment.js';
import { CLOCKS } from './countFormat.js';
import { CountPages } from './CountPages.js';
import { Tally } from './Tally.js';
import { writeEntries } from './writeEntries.js';
import { writeRuns } from './writeRuns.js';

/** A segment of so many rows is not put together with others. */
export const FULL = 131_072;
/** Nor is one of so many bytes: places within it are integers of 32 bits. */
const MAX_BYTES = 2 ** 30;
/** How many rows more than its limit a segment usually has at most when it is found to be full. */
const MORE = 16_384;
const MAX_SALT = 2 ** 32;

/**
 * Gathers rows of a CSV file, in the order of the file, and makes segments of its index from them. Holds 28 bytes a
 * row, what its sorter does, a byte for each device, and the last segment that it made.
 */
export class SegmentBuilder {
  readonly #ranks: DeviceRanks;
  readonly #sorter = new RowSorter();
  readonly #tally = new Tally();
  readonly #counts = new CountPages();
  readonly #ids = new IdPages();
  #from = 0;
  #to = 0;
  #rows = 0;
  #columns = roomFor(1024);
  #pages = Buffer.alloc(0);

  /** @param ranks those of the run's devices, which another builder may have, too */
  constructor(ranks = new DeviceRanks()) {
    this.#ranks = ranks;
  }

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
    return this.#rows >= FULL || this.#to - this.#from >= MAX_BYTES;
  }

  /** Leaves the rows behind that it has, of which a segment was made; the next begin at a byte of the file, or later. */
  begin(from: number): void {
    this.#ids.leaveOut(this.#columns.device.subarray(0, this.#rows), this.#ranks.devices?.count ?? 0);
    this.#from = from;
    this.#to = from;
    this.#rows = 0;
  }

  /** Adds rows that stand one behind the other from a byte of the file on. */
  add({ count, device, event, arrival, verdict, ends, devices }: AddedRows, at: number): void {
    if (count === 0) return;
    this.#ranks.follow(devices);
    this.#makeRoom(count);
    const [columns, rows] = [this.#columns, this.#rows];
    columns.device.set(device.subarray(0, count), rows);
    columns.event.set(event.subarray(0, count), rows);
    columns.arrival.set(arrival.subarray(0, count), rows);
    columns.verdict.set(verdict.subarray(0, count), rows);
    placeRows(ends, count, at - this.#from, columns.start.subarray(rows), columns.bytes.subarray(rows));
    this.#rows += count;
    this.#to = at + ends[count - 1]!;
  }

  /** Adds a row of the device with a number. @param verdict what the row turned out to be, by its place in `VERDICTS` */
  addRow(device: number, devices: DeviceIds, { event, arrival, start, bytes }: Entry, verdict: number): void {
    this.#ranks.follow(devices);
    this.#makeRoom(1);
    const [columns, row] = [this.#columns, this.#rows++];
    columns.device[row] = device;
    columns.event[row] = event;
    columns.arrival[row] = arrival;
    columns.verdict[row] = verdict;
    columns.start[row] = start - this.#from;
    columns.bytes[row] = bytes;
    this.#to = start + bytes;
  }

  /** Does a part of what `build` has to do: in between, so that it takes less at once. */
  prepare(): void {
    this.#ranks.prepare();
  }

  /**
   * Its rows, or those from one on, as a segment, which is good until the next is built.
   *
   * @param crc the CRC-32 of all of the file up to where the last row ends
   */
  build(crc: number, fromRow = 0): Buffer {
    return finish(this.buildInSteps(crc, fromRow));
  }

  /** As `build`, in some steps of up to tens of ms each: no rows may be added in between. */
  *buildInSteps(crc: number, fromRow = 0): Steps<Buffer> {
    const [columns, count] = [this.#columns, this.#rows - fromRow];
    const order = this.#ranks.order();
    yield;
    const sorted = this.#sorter.sort(columns, fromRow, this.#rows, order);
    yield;
    const runs = sorted.devices.length;
    const from = fromRow === 0 ? 0 : columns.start[fromRow - 1]! + columns.bytes[fromRow - 1]!;
    const kinds = kindsOf(columns.verdict.subarray(fromRow, this.#rows));
    this.#counts.clear();
    const countPages: number[] = [];
    for (const clock of CLOCKS) {
      this.#tally.count(columns[clock], columns.verdict, fromRow, this.#rows);
      countPages.push(...this.#counts.add(this.#tally, kinds));
      yield;
    }
    this.#ids.write(sorted.devices, this.#ranks.devices!);
    yield;
    const countsAt = pagesOf(count, runs) * PAGE;
    const idsAt = countsAt + this.#counts.bytes.length;
    const pages = this.#emptyPages(idsAt + this.#ids.bytes.length);
    this.#counts.bytes.copy(pages, countsAt);
    this.#ids.bytes.copy(pages, idsAt);
    const doubles = new Float64Array(pages.buffer, pages.byteOffset, pages.length / 8);
    const u32s = new Uint32Array(pages.buffer, pages.byteOffset, pages.length / 4);
    writeRuns({ doubles, u32s }, sorted, this.#ranks.hashes());
    yield;
    writeEntries({ doubles, u32s }, columns, sorted, from);

    yield;
    const events = rangeOf(sorted.event);
    const arrivals = rangeOf(sorted.arrival);
    doubles[HEAD.magic] = MAGIC;
    doubles[HEAD.from] = this.#from + from;
    doubles[HEAD.to] = this.#to;
    doubles[HEAD.minEvent] = events.min;
    doubles[HEAD.maxEvent] = events.max;
    doubles[HEAD.minArrival] = arrivals.min;
    doubles[HEAD.maxArrival] = arrivals.max;
    u32s[HEAD.U32.rows] = count;
    u32s[HEAD.U32.runs] = runs;
    u32s[HEAD.U32.crc] = crc;
    for (const kind of kinds) u32s[HEAD.U32.kinds]! |= 1 << kind;
    u32s.set(countPages, HEAD.U32.counts);
    u32s[HEAD.U32.ids] = this.#ids.size;
    const salt = randomInt(MAX_SALT);
    u32s[HEAD.U32.salt] = salt;
    sealPages(pages.subarray(0, PAGE), 0);
    sealPages(pages.subarray(PAGE), salt);
    return pages;
  }

  /** Always of the same memory: what is given back to V8 by the megabyte makes it collect garbage, all of it. */
  #emptyPages(bytes: number): Buffer {
    if (this.#pages.length < bytes) this.#pages = Buffer.alloc(bytes + PAGE * Math.floor(bytes / PAGE / 8));
    return this.#pages.subarray(0, bytes).fill(0);
  }

  #makeRoom(rows: number): void {
    const needed = this.#rows + rows;
    const size = this.#columns.device.length;
    if (needed > size) this.#columns = roomFor(Math.max(needed, Math.min(2 * size, FULL + MORE)), this.#columns, this.#rows);
  }
}

/** Notes where rows start that end at certain bytes from the start of the first, and how long they are. */
function placeRows(ends: Uint32Array, count: number, at: number, start: Uint32Array, bytes: Uint32Array): void {
  let from = 0;
  for (let i = 0; i < count; i++) {
    const end = ends[i]!;
    start[i] = at + from;
    bytes[i] = end - from;
    from = end;
  }
}

/** Which verdicts there are, by their places in `VERDICTS`. */
function kindsOf(verdicts: Uint8Array): readonly number[] {
  return Array.from(VERDICTS.keys()).filter((kind) => verdicts.includes(kind));
}
