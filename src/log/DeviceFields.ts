import { BEYOND, viewed } from '../csv/copyBytes.js';
import { formatField } from '../csv/formatRow.js';
import type { DeviceIds } from '../domain/DeviceIds.js';

/**
 * The ids of devices as the fields of a log, with the comma behind them, or as other texts, by the numbers of the
 * devices. Holds each as bytes.
 */
export class DeviceFields {
  memory = viewed(Buffer.alloc(1024));
  /** Where each ends; it starts where the one before does. */
  ends = new Uint32Array(64);
  #count = 0;
  #of: DeviceIds | undefined;
  readonly #textOf: (id: string) => string;

  /** @param textOf the text of an id. Default: a field and a comma */
  constructor(textOf = (id: string) => `${formatField(id)},`) {
    this.#textOf = textOf;
  }

  /** Makes sure that all devices have one. */
  follow(devices: DeviceIds): void {
    if (devices !== this.#of) this.#count = 0;
    this.#of = devices;
    for (; this.#count < devices.count; this.#count++) this.#add(this.#textOf(devices.id(this.#count)));
  }

  /** Where one starts. */
  start(device: number): number {
    return device === 0 ? 0 : this.ends[device - 1]!;
  }

  #add(field: string): void {
    const start = this.start(this.#count);
    const end = start + Buffer.byteLength(field);
    if (end + BEYOND > this.memory.bytes.length) {
      const grown = viewed(Buffer.alloc(2 * (end + BEYOND)));
      this.memory.bytes.copy(grown.bytes);
      this.memory = grown;
    }
    if (this.#count === this.ends.length) {
      const grown = new Uint32Array(2 * this.#count);
      grown.set(this.ends);
      this.ends = grown;
    }
    this.memory.bytes.write(field, start);
    this.ends[this.#count] = end;
  }
}
