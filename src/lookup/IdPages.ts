import type { DeviceIds } from '../domain/DeviceIds.js';
import { CHECKED, PAGE } from './page.js';
import { writeNumber } from './writeNumber.js';

/** A number of bytes takes less. */
const MAX_NUMBER = 8;

/**
 * The pages of the ids of a segment, unsealed: of those of its devices that no segment before it has. The UTF-8 bytes of one
 * stand behind those of another, each with their number before it, and go on from page to page. Holds them, and a byte for each
 * device of the run.
 */
export class IdPages {
  #bytes = Buffer.alloc(0);
  #size = 0;
  /** 1 for each device that a segment before has. */
  #known = new Uint8Array(0);

  /** How many bytes the ids take. */
  get size(): number {
    return this.#size;
  }

  /** All pages. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, idPages(this.#size) * PAGE);
  }

  /** Those of some devices take the place of those before. */
  write(devices: Uint32Array, ids: DeviceIds): void {
    this.#size = 0;
    for (const device of devices) if (this.#known[device] !== 1) this.#append(ids.bytes(device));
    this.#makeRoom(idPages(this.#size) * PAGE);
    for (let page = idPages(this.#size) - 1; page > 0; page--)
      this.#bytes.copyWithin(page * PAGE, page * CHECKED, Math.min(this.#size, (page + 1) * CHECKED));
    this.#bytes.fill(0, this.#size + 4 * Math.max(0, idPages(this.#size) - 1), idPages(this.#size) * PAGE);
  }

  /** Leaves devices out from now on: a segment has them. @param count how many there are in the run */
  leaveOut(devices: Uint32Array, count: number): void {
    if (count > this.#known.length) {
      const grown = new Uint8Array(2 * count);
      grown.set(this.#known);
      this.#known = grown;
    }
    for (const device of devices) this.#known[device] = 1;
  }

  #append(id: Uint8Array): void {
    this.#makeRoom(this.#size + MAX_NUMBER + id.length);
    this.#size = writeNumber(this.#bytes, this.#size, id.length);
    this.#bytes.set(id, this.#size);
    this.#size += id.length;
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const grown = Buffer.alloc(2 * bytes);
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

/** How many pages ids have that take so many bytes. */
export function idPages(size: number): number {
  return Math.ceil(size / CHECKED);
}
