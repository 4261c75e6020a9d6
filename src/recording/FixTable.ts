import { formatRow } from '../csv/formatRow.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { DeviceIds } from './DeviceIds.js';
import { RecordedFix } from './RecordedFix.js';

/** What a fix takes beside its text. */
const ROW_BYTES = 24;
/** The texts of so many fixes are copied at once: one at a time takes longer, and a fix that is kept keeps them all. */
const KEPT_TOGETHER = 64;

/** The columns of a table. Row `i` has the text from `start[i]` up to `start[i + 1]`. */
export interface FixColumns {
  readonly arrival: Float64Array;
  readonly event: Float64Array;
  readonly device: Uint32Array;
  readonly start: Uint32Array;
  /** `latitude,longitude,speed` and the further columns, as in a CSV line. */
  readonly text: Buffer;
}

/**
 * Fixes in the order in which they were added, as columns of numbers and one of text: 24 bytes a fix, and its
 * text. What is set aside for them is taken from the machine only as it is filled.
 */
export class FixTable {
  readonly devices: DeviceIds;
  /** The names of the further columns. */
  readonly further: readonly string[];
  rows = 0;
  columns: FixColumns;

  constructor(devices: DeviceIds, further: readonly string[], rows = 0, textBytes = 0) {
    this.devices = devices;
    this.further = further;
    this.columns = columnsFor(rows, textBytes);
  }

  /** Where the text ends. */
  get end(): number {
    return this.columns.start[this.rows]!;
  }

  /** What its fixes take. */
  get bytes(): number {
    return this.rows * ROW_BYTES + this.end;
  }

  /** Makes room for so many more fixes, with so many bytes of text. */
  makeRoom(rows: number, textBytes: number): void {
    const { columns, end } = this;
    const [needed, neededText] = [this.rows + rows, end + textBytes];
    if (needed <= columns.arrival.length && neededText <= columns.text.length) return;
    const larger = columnsFor(Math.max(needed, 2 * this.rows), Math.max(neededText, 2 * end));
    larger.arrival.set(columns.arrival.subarray(0, this.rows));
    larger.event.set(columns.event.subarray(0, this.rows));
    larger.device.set(columns.device.subarray(0, this.rows));
    larger.start.set(columns.start.subarray(0, this.rows + 1));
    columns.text.copy(larger.text, 0, 0, end);
    this.columns = larger;
  }

  /** Adds a fix whose text was put at the end of the text, up to a new end. There must be room. */
  take(device: number, arrival: Instant, event: Instant, end: number): void {
    const { columns, rows } = this;
    columns.device[rows] = device;
    columns.arrival[rows] = arrival;
    columns.event[rows] = event;
    columns.start[rows + 1] = end;
    this.rows = rows + 1;
  }

  /** Adds a fix. */
  add({ device, arrival, event, latitude, longitude, speed, further }: Fix): void {
    const text = formatRow([latitude, longitude, speed, ...further]).slice(0, -1);
    const bytes = Buffer.byteLength(text);
    this.makeRoom(1, bytes);
    this.columns.text.write(text, this.end);
    this.take(this.devices.numberOfText(device), arrival, event, this.end + bytes);
  }

  /** The fix in a row: good until the table is used again. */
  fix(row: number): Fix {
    const { start, text } = this.columns;
    return this.#fix(row, text, start[row]!, start[row + 1]!);
  }

  /** The fixes of some rows: good for ever. One that is kept keeps the text of up to 64. */
  fixes(from: number, to: number): Fix[] {
    const { start, text } = this.columns;
    const fixes: Fix[] = [];
    for (let at = from; at < to; at += KEPT_TOGETHER) {
      const end = Math.min(to, at + KEPT_TOGETHER);
      const first = start[at]!;
      const copy = Buffer.allocUnsafeSlow(start[end]! - first);
      text.copy(copy, 0, first, start[end]);
      for (let row = at; row < end; row++) fixes.push(this.#fix(row, copy, start[row]! - first, start[row + 1]! - first));
    }
    return fixes;
  }

  #fix(row: number, text: Buffer, from: number, to: number): Fix {
    const { arrival, event, device } = this.columns;
    return new RecordedFix(this.devices.id(device[row]!), arrival[row]!, event[row]!, text, from, to, this.further.length > 0);
  }

  /** Takes all fixes out. */
  clear(): void {
    this.rows = 0;
  }

  /** Takes all fixes out, and gives back the room that was set aside for them. */
  release(): void {
    this.clear();
    this.columns = columnsFor(0, 0);
  }
}

function columnsFor(rows: number, textBytes: number): FixColumns {
  return {
    arrival: new Float64Array(rows),
    event: new Float64Array(rows),
    device: new Uint32Array(rows),
    start: new Uint32Array(rows + 1),
    text: Buffer.alloc(textBytes),
  };
}
