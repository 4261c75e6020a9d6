import { viewed, type Bytes } from '../csv/copyBytes.js';
import type { DeviceIds } from '../domain/DeviceIds.js';
import type { Instant } from '../domain/instant.js';
import type { AddedRows } from '../lookup/AddedRows.js';

const MIN_ROWS = 16;
const MIN_BYTES = 4096;

/** Rows of a log or of a late file as the bytes that the file is to hold, and what its index needs to know of them. */
export class RowBuffer implements AddedRows {
  count = 0;
  arrival: Float64Array;
  event: Float64Array;
  device: Uint32Array;
  verdict: Uint8Array;
  ends: Uint32Array;
  devices!: DeviceIds;
  /** Where they are, and where the next is to be put. */
  memory: Bytes;
  /** When those were due that were due at a time, in ms of the clock that they were played by. */
  #due: Float64Array;
  #dues = 0;

  constructor(rows = MIN_ROWS, bytes = MIN_BYTES) {
    this.arrival = new Float64Array(rows);
    this.event = new Float64Array(rows);
    this.device = new Uint32Array(rows);
    this.verdict = new Uint8Array(rows);
    this.ends = new Uint32Array(rows);
    this.memory = viewed(Buffer.allocUnsafeSlow(bytes));
    this.#due = new Float64Array(rows);
  }

  /** Where the last row ends. */
  get size(): number {
    return this.count === 0 ? 0 : this.ends[this.count - 1]!;
  }

  get bytes(): Buffer {
    return this.memory.bytes.subarray(0, this.size);
  }

  get due(): Float64Array {
    return this.#due.subarray(0, this.#dues);
  }

  /** Takes all rows out: it can be used again for others. */
  clear(): this {
    this.count = 0;
    this.#dues = 0;
    return this;
  }

  /** Makes room for another row of so many bytes, and for what may be written beyond them. */
  makeRoom(bytes: number): void {
    const { size } = this;
    if (size + bytes > this.memory.bytes.length) {
      const grown = viewed(Buffer.allocUnsafeSlow(2 * (size + bytes)));
      this.memory.bytes.copy(grown.bytes, 0, 0, size);
      this.memory = grown;
    }
    if (this.count < this.ends.length) return;
    const rows = Math.max(MIN_ROWS, 2 * this.count);
    this.arrival = grownTo(new Float64Array(rows), this.arrival);
    this.event = grownTo(new Float64Array(rows), this.event);
    this.device = grownTo(new Uint32Array(rows), this.device);
    this.verdict = grownTo(new Uint8Array(rows), this.verdict);
    this.ends = grownTo(new Uint32Array(rows), this.ends);
    this.#due = grownTo(new Float64Array(rows), this.#due);
  }

  /** Ends a row that was put into the memory, up to a place. There must be room. @param verdict by its place in `VERDICTS` */
  end(at: number, device: number, arrival: Instant, event: Instant, due: number, verdict: number): void {
    const row = this.count++;
    this.ends[row] = at;
    this.device[row] = device;
    this.verdict[row] = verdict;
    this.arrival[row] = arrival;
    this.event[row] = event;
    if (due > -Infinity) this.#due[this.#dues++] = due;
  }

  /** The same, in as little memory as it takes. */
  copy(): RowBuffer {
    const { count, size } = this;
    const copy = new RowBuffer(count, size);
    copy.count = count;
    copy.arrival.set(this.arrival.subarray(0, count));
    copy.event.set(this.event.subarray(0, count));
    copy.device.set(this.device.subarray(0, count));
    copy.verdict.set(this.verdict.subarray(0, count));
    copy.ends.set(this.ends.subarray(0, count));
    copy.devices = this.devices;
    this.memory.bytes.copy(copy.memory.bytes, 0, 0, size);
    copy.#due.set(this.due);
    copy.#dues = this.#dues;
    return copy;
  }
}

function grownTo<T extends Float64Array | Uint32Array | Uint8Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
