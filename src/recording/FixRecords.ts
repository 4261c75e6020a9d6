import type { Bytes } from '../csv/copyBytes.js';
import { formatRow } from '../csv/formatRow.js';
import type { DeviceIds } from '../domain/DeviceIds.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';

/** Records start at multiples of so many bytes. */
export const UNIT = 8;
/** What a record has before its text: its event time as a double, its device and the length of its text as integers of 4 bytes. */
export const HEAD = 16;
/** How many bytes may be read and written beyond the last text. */
const SLACK = 8;

/** The numbers of records: the same memory as doubles, integers and bytes. */
export interface RecordViews extends Bytes {
  readonly doubles: Float64Array;
  readonly u32s: Uint32Array;
}

/**
 * Fixes in the order in which they were added. All that is known of one but its arrival time stands side by side, as one
 * record, since rows are read in another order than that in which they were written:
 *
 *     event time (8)  device (4)  length of the text (4)  text  up to 7 bytes of nothing
 *
 * The arrival times are a column of their own, by which they are sorted. A fix takes 24 bytes, its text, and 3.5 bytes on
 * average to fill it up. What is set aside for them is taken from the machine only as it is filled.
 */
export class FixRecords {
  readonly devices: DeviceIds;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  rows = 0;
  arrival: Float64Array;
  views: RecordViews;
  /** Where the next record starts, in bytes. */
  end = 0;

  constructor(devices: DeviceIds, extra: readonly string[], rows = 0, bytes = 0) {
    this.devices = devices;
    this.extra = extra;
    this.arrival = new Float64Array(rows);
    this.views = viewsFor(bytes);
  }

  /** What its fixes take. */
  get bytes(): number {
    return this.end + this.rows * Float64Array.BYTES_PER_ELEMENT;
  }

  /** Makes room for so many more fixes, with so many bytes of text and heads. */
  makeRoom(rows: number, bytes: number): void {
    const { rows: count, end, arrival, views } = this;
    if (count + rows > arrival.length) {
      this.arrival = new Float64Array(Math.max(count + rows, 2 * count));
      this.arrival.set(arrival.subarray(0, count));
    }
    if (end + bytes + SLACK <= views.bytes.length) return;
    this.views = viewsFor(Math.max(end + bytes, 2 * end));
    views.bytes.copy(this.views.bytes, 0, 0, end);
  }

  /** Adds a fix whose text was put at `end + HEAD`. There must be room. */
  take(device: number, arrival: Instant, event: Instant, textBytes: number): void {
    const { doubles, u32s } = this.views;
    const { end } = this;
    doubles[end >>> 3] = event;
    u32s[(end >>> 2) + 2] = device;
    u32s[(end >>> 2) + 3] = textBytes;
    this.arrival[this.rows++] = arrival;
    this.end = after(end, textBytes);
  }

  /** Adds a fix. */
  add({ device, arrival, event, latitude, longitude, speed, extra }: Fix): void {
    const text = formatRow([latitude, longitude, speed, ...extra]).slice(0, -1);
    const bytes = Buffer.byteLength(text);
    this.makeRoom(1, after(0, bytes));
    this.views.bytes.write(text, this.end + HEAD);
    this.take(this.devices.numberOfText(device), arrival, event, bytes);
  }

  /** Takes all fixes out. */
  clear(): void {
    this.rows = 0;
    this.end = 0;
  }

  /** Takes all fixes out, and gives back the room that was set aside for them. */
  release(): void {
    this.clear();
    this.arrival = new Float64Array(0);
    this.views = viewsFor(0);
  }
}

/** Where the record behind one ends that starts at a byte and has so many bytes of text. */
export function after(start: number, textBytes: number): number {
  return start + HEAD + UNIT * Math.ceil(textBytes / UNIT);
}

/** Room for so many bytes, and what may be touched behind them. */
export function viewsFor(bytes: number): RecordViews {
  return viewsOf(new ArrayBuffer(UNIT * Math.ceil((bytes + SLACK) / UNIT)));
}

export function viewsOf(buffer: ArrayBuffer, from = 0): RecordViews {
  return {
    doubles: new Float64Array(buffer, from),
    u32s: new Uint32Array(buffer, from),
    bytes: Buffer.from(buffer, from),
    view: new DataView(buffer, from),
  };
}
