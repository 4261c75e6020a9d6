import { readSync } from 'node:fs';
import { DamagedIndex } from './DamagedIndex.js';
import { isSealed, PAGE } from './page.js';
import type { Reads } from './Reads.js';

/** A page, and its numbers as doubles and as unsigned integers. */
export interface Page {
  readonly bytes: Buffer;
  readonly doubles: Float64Array;
  readonly u32s: Uint32Array;
}

/** The pages of a file, by their numbers from 0. */
export interface Pages {
  /** @throws DamagedIndex if it is not as it was sealed with a salt, or is not there. */
  page(number: number, salt: number): Page;
}

const KEPT = 16_384;

/** Pages of an open file, each checked when it is read. Keeps the last 16,384 (64 MiB), which a single question never fills. */
export class FilePages implements Pages {
  readonly #descriptor: number;
  readonly #reads: Reads;
  readonly #kept = new Map<number, Page>();

  constructor(descriptor: number, reads: Reads) {
    this.#descriptor = descriptor;
    this.#reads = reads;
  }

  page(number: number, salt: number): Page {
    const kept = this.#kept.get(number);
    if (kept) return kept;
    const page = this.#read(number, salt);
    if (this.#kept.size === KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(number, page);
    return page;
  }

  #read(number: number, salt: number): Page {
    const bytes = Buffer.from(new ArrayBuffer(PAGE));
    const read = readSync(this.#descriptor, bytes, 0, PAGE, number * PAGE);
    this.#reads.pages++;
    if (read < PAGE || !isSealed(bytes, salt)) throw new DamagedIndex(`page ${number} is damaged`);
    return numbersOf(bytes);
  }
}

/** Pages in memory. */
export class HeldPages implements Pages {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  page(number: number): Page {
    return numbersOf(this.#bytes.subarray(number * PAGE, (number + 1) * PAGE));
  }
}

function numbersOf(bytes: Buffer): Page {
  const { buffer, byteOffset } = bytes;
  return { bytes, doubles: new Float64Array(buffer, byteOffset, PAGE / 8), u32s: new Uint32Array(buffer, byteOffset, PAGE / 4) };
}
