const MIN_SLOTS = 1024;

/**
 * The ids of devices and their numbers from 0, found by the bytes of an id, so that none is decoded twice.
 * Holds each id as text and as bytes.
 */
export class DeviceIds {
  readonly #ids: string[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #hashes: number[] = [];
  /** By hash, open addressing: a number + 1, or 0 for none. At most half of them are taken. */
  #slots = new Int32Array(MIN_SLOTS);

  /** How many there are: their numbers are less. */
  get count(): number {
    return this.#ids.length;
  }

  /** The id that has a number. */
  id(number: number): string {
    return this.#ids[number]!;
  }

  /** Its UTF-8 bytes. */
  bytes(number: number): Uint8Array {
    return this.#bytes[number]!;
  }

  /** The number of the id whose UTF-8 bytes stand from one place to another, and hash to `hashOf` them. */
  numberOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot]!; taken > 0; taken = this.#slots[slot]!) {
      if (this.#hashes[taken - 1] === hash && isAt(bytes, from, to, this.#bytes[taken - 1]!)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(Uint8Array.from(bytes.subarray(from, to)), hash); // a copy, that holds no block
  }

  /** The number of an id. */
  numberOfText(id: string): number {
    const bytes = Buffer.from(id);
    let hash = 0;
    for (const byte of bytes) hash = nextHash(hash, byte);
    return this.numberOf(bytes, 0, bytes.length, hash);
  }

  #add(bytes: Uint8Array, hash: number): number {
    const number = this.#ids.push(Buffer.from(bytes).toString()) - 1;
    this.#bytes.push(bytes);
    this.#hashes.push(hash);
    if (2 * this.#ids.length > this.#slots.length) {
      this.#slots = new Int32Array(2 * this.#slots.length);
      for (let other = 0; other < number; other++) this.#take(other);
    }
    this.#take(number);
    return number;
  }

  #take(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[number]! & mask;
    while (this.#slots[slot]! > 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}

/** The hash of bytes, one after the other, from 0 on. */
export function nextHash(hash: number, byte: number): number {
  const mixed = Math.imul(hash ^ byte, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function isAt(bytes: Uint8Array, from: number, to: number, other: Uint8Array): boolean {
  if (to - from !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[from + i] !== other[i]) return false;
  return true;
}
