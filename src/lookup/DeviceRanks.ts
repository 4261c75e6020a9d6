import type { DeviceIds } from '../domain/DeviceIds.js';
import { sortTogether, spareFor } from '../domain/sortTogether.js';
import { HASH_BYTES, hashOf } from './hashOf.js';

const WORD = Uint32Array.BYTES_PER_ELEMENT;
/** How many words a hash has. */
export const HASH_WORDS = HASH_BYTES / WORD;

/**
 * The devices of a run in the order of their hashes, which is that of the runs in a segment: one for all indexes of the
 * run, brought up to date only when devices came. Holds up to 36 bytes for each device, and 24 more while it sorts.
 */
export class DeviceRanks {
  #devices: DeviceIds | undefined;
  #hashes = Buffer.alloc(0);
  /** How many devices have their hashes there. */
  #hashed = 0;
  #order: Uint32Array = new Uint32Array(0);

  /** Those of the rows that follow. @throws RangeError if they are not those of the rows before. */
  follow(devices: DeviceIds): void {
    if (devices !== (this.#devices ??= devices)) throw new RangeError('all rows of a run must have the same devices');
  }

  /** Those of all rows; `undefined` if there are none yet. */
  get devices(): DeviceIds | undefined {
    return this.#devices;
  }

  /** Finds the hashes of the devices there are by now, which is most of what `order` has to do. */
  prepare(): void {
    if (this.#devices) this.#hash(this.#devices);
  }

  /** The numbers of all devices there are, by their hashes: good until more come. */
  order(): Uint32Array {
    const count = this.#devices?.count ?? 0;
    if (count > this.#order.length) this.#order = this.#sorted(this.#devices!);
    return this.#order;
  }

  /** The hashes of the devices in `order()`, by their numbers, as words in the byte order of the machine. */
  hashes(): Uint32Array {
    return new Uint32Array(this.#hashes.buffer, this.#hashes.byteOffset, this.#hashes.length / WORD);
  }

  #sorted(devices: DeviceIds): Uint32Array {
    this.#hash(devices);
    const { count } = devices;
    let { keys, places } = spareFor(count);
    for (let i = 0; i < count; i++) places[i] = i;
    const hashes = new DataView(this.#hashes.buffer, this.#hashes.byteOffset);
    for (let at = HASH_BYTES - WORD; at >= 0; at -= WORD) {
      pickWords(hashes, at, places, keys);
      ({ keys, places } = sortTogether(keys, places));
    }
    return places;
  }

  /** Finds the hashes of the devices that have none. */
  #hash(devices: DeviceIds): void {
    const { count } = devices;
    const from = this.#hashed;
    if (count * HASH_BYTES > this.#hashes.length) {
      const grown = Buffer.from(new ArrayBuffer(2 * count * HASH_BYTES));
      this.#hashes.copy(grown, 0, 0, from * HASH_BYTES);
      this.#hashes = grown;
    }
    for (let number = from; number < count; number++) this.#hashes.write(hashOf(devices.id(number)), number * HASH_BYTES, 'latin1');
    this.#hashed = count;
  }
}

/** Reads the words that are at some byte of the hashes that stand at places. */
function pickWords(hashes: DataView, at: number, places: Uint32Array, words: Float64Array): void {
  for (let i = 0; i < places.length; i++) words[i] = hashes.getUint32(places[i]! * HASH_BYTES + at);
}
