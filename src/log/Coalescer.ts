import type { DeviceIds } from '../domain/DeviceIds.js';
import type { Judged } from '../domain/FixBatch.js';
import { CHANGE } from '../domain/latest.js';
import type { RowBuffer } from './RowBuffer.js';

const SECOND = 1_000_000;

interface HeldRow {
  readonly line: Buffer;
  readonly arrival: number;
  readonly event: number;
  readonly due: number;
}

/**
 * Lets through only the last change per device and second of stream time, once a fix of a later second has
 * come; what arrived before the one above it counts to the second that is open. A second is a whole one of the
 * arrival time, so the result depends on the stream alone, not on when it is played. Holds one row per device that
 * changed within the open second.
 */
export class Coalescer {
  #second = -Infinity;
  readonly #open = new Map<number, HeldRow>();
  #devices: DeviceIds | undefined;

  /**
   * Takes the next fixes of the stream.
   *
   * @param changes the rows of those that are changes
   * @param into where the rows go that are to be written now
   */
  take({ batch, verdict }: Judged, changes: RowBuffer, into: RowBuffer): void {
    const { arrival, event, device, due } = batch.columns;
    this.#devices = into.devices = batch.devices;
    let [change, start] = [0, 0];
    for (let row = batch.first; row < batch.end; row++) {
      const second = Math.floor(arrival[row]! / SECOND);
      if (second > this.#second) {
        this.end(into);
        this.#second = second;
      }
      if (verdict[row] !== CHANGE) continue;
      const end = changes.ends[change++]!;
      this.#open.delete(device[row]!); // so that it is set anew at the end, in the order of the stream
      this.#open.set(device[row]!, {
        line: Buffer.from(changes.memory.bytes.subarray(start, end)),
        arrival: arrival[row]!,
        event: event[row]!,
        due: due[row]!,
      });
      start = end;
    }
  }

  /** Closes the open second. */
  end(into: RowBuffer): void {
    if (this.#devices) into.devices = this.#devices;
    for (const [device, { line, arrival, event, due }] of this.#open) {
      into.makeRoom(line.length);
      const at = into.size;
      line.copy(into.memory.bytes, at);
      into.end(at + line.length, device, arrival, event, due, CHANGE);
    }
    this.#open.clear();
  }
}
