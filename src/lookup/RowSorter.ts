import { inChunks } from '../domain/inChunks.js';
import { sortTogether, spareFor, type Sorted } from '../domain/sortTogether.js';
import type { RowColumns } from './RowColumns.js';

/** Rows in the order of a segment: good until others are sorted. */
export interface SortedRows {
  /** The places of the rows among all that there are. */
  readonly order: Uint32Array;
  /** Their times, in this order. */
  readonly event: Float64Array;
  readonly arrival: Float64Array;
  /** The devices that have any of them, in their order, and where in `order` the rows of each end. */
  readonly devices: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Puts rows in the order of a segment: by device, event time, arrival time, and place in the file.
 *
 * Sorts by the last of them first, each time leaving equal rows as they are; what is in order already it leaves out: all
 * but the devices for a log, all but the event times for its late file. Holds 24 bytes for each row, and up to 40 for each
 * device.
 */
export class RowSorter {
  #now = spareFor(0);
  #spare = spareFor(0);
  #starts = new Uint32Array(0);
  #devices = new Uint32Array(0);
  #ends = new Uint32Array(0);
  #latest = new Float64Array(0);

  /** Sorts the rows from one up to another, whose devices are to come in an order. */
  sort({ device, event, arrival }: RowColumns, from: number, to: number, order: Uint32Array): SortedRows {
    const count = to - from;
    this.#makeRoom(count, order.length);
    let [now, spare] = [part(this.#now, count), part(this.#spare, count)];
    const sortBy = (times: Float64Array) => {
      inChunks(0, count, (first, end) => { pick(times, now.places, now.keys, first, end); });
      if (sortTogether(now.keys, now.places, spare) === spare) [now, spare] = [spare, now];
    };
    inChunks(0, count, (first, end) => { number(now.places, from, first, end); });
    const ordered = isAscending(arrival, from, to);
    if (!ordered) sortBy(arrival);
    if (!ordered || !isAscendingEach(event, device, from, to, this.#latest.fill(-Infinity))) sortBy(event);

    const starts = this.#starts.fill(0);
    inChunks(from, to, (first, end) => { countDevices(device, starts, first, end); });
    const runs = placeRuns(order, starts, this.#devices, this.#ends);
    inChunks(0, count, (first, end) => { moveByDevice(now.places, device, starts, spare.places, first, end); });
    inChunks(0, count, (first, end) => { pick(event, spare.places, now.keys, first, end); });
    inChunks(0, count, (first, end) => { pick(arrival, spare.places, spare.keys, first, end); });
    return {
      order: spare.places,
      event: now.keys,
      arrival: spare.keys,
      devices: this.#devices.subarray(0, runs),
      ends: this.#ends.subarray(0, runs),
    };
  }

  #makeRoom(rows: number, devices: number): void {
    if (rows > this.#now.places.length) [this.#now, this.#spare] = [spareFor(rows + (rows >>> 3)), spareFor(rows + (rows >>> 3))];
    if (devices <= this.#starts.length) return;
    const size = 2 * devices;
    [this.#starts, this.#devices, this.#ends] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)];
    this.#latest = new Float64Array(size);
  }
}

function part({ keys, places }: Sorted, count: number): Sorted {
  return { keys: keys.subarray(0, count), places: places.subarray(0, count) };
}

function number(places: Uint32Array, from: number, first: number, end: number): void {
  for (let i = first; i < end; i++) places[i] = from + i;
}

function pick(times: Float64Array, places: Uint32Array, picked: Float64Array, first: number, end: number): void {
  for (let i = first; i < end; i++) picked[i] = times[places[i]!]!;
}

function isAscending(times: Float64Array, from: number, to: number): boolean {
  let ascending = true;
  inChunks(from + 1, to, (first, end) => { ascending &&= isAscendingIn(times, first, end); });
  return ascending;
}

function isAscendingIn(times: Float64Array, first: number, end: number): boolean {
  for (let row = first; row < end; row++) if (times[row]! < times[row - 1]!) return false;
  return true;
}

/** Whether the times of each device are in order; `latest` is to hold `-Infinity` for each. */
function isAscendingEach(times: Float64Array, device: Uint32Array, from: number, to: number, latest: Float64Array): boolean {
  let ascending = true;
  inChunks(from, to, (first, end) => { ascending &&= isAscendingEachIn(times, device, first, end, latest); });
  return ascending;
}

function isAscendingEachIn(times: Float64Array, device: Uint32Array, first: number, end: number, latest: Float64Array): boolean {
  for (let row = first; row < end; row++) {
    const time = times[row]!;
    if (time < latest[device[row]!]!) return false;
    latest[device[row]!] = time;
  }
  return true;
}

function countDevices(device: Uint32Array, counts: Uint32Array, first: number, end: number): void {
  for (let row = first; row < end; row++) counts[device[row]!]!++;
}

/** Makes of the count of each device's rows where they start, and lists the devices that have some; returns how many have. */
function placeRuns(order: Uint32Array, starts: Uint32Array, devices: Uint32Array, ends: Uint32Array): number {
  let runs = 0;
  let start = 0;
  for (const device of order) {
    const rows = starts[device]!;
    if (rows === 0) continue;
    starts[device] = start;
    start += rows;
    devices[runs] = device;
    ends[runs++] = start;
  }
  return runs;
}

function moveByDevice(places: Uint32Array, device: Uint32Array, starts: Uint32Array, to: Uint32Array, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const place = places[i]!;
    to[starts[device[place]!]!++] = place;
  }
}
