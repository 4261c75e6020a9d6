import { readSync } from 'node:fs';
import { DamagedIndex } from './DamagedIndex.js';
import { isSealed, PAGE } from './page.js';
import type { Reads } from './Reads.js';

/** Pages in memory, and their numbers as doubles and as unsigned integers. */
export interface PageViews {
  readonly bytes: Buffer;
  readonly doubles: Float64Array;
  readonly u32s: Uint32Array;
}

/** The pages of a file, by their numbers from 0. */
export interface Pages {
  /** The pages that are held, until another is found. */
  readonly held: PageViews;
  /** Where a page is held, in bytes. @throws DamagedIndex if it is not as it was sealed with a salt, or is not there. */
  find(number: number, salt: number): number;
}

const KEPT = 16_384;
const KEPT_AT_FIRST = 16;

/**
 * Pages of an open file, each checked when it is read. Keeps the last 16,384 (64 MiB), which a single question never
 * fills, in one piece of memory that grows by doubling: most of what a search takes is the way to its pages. Holds up to
 * 4 bytes more for each page that the file has up to the last one read.
 */
export class FilePages implements Pages {
  held = viewsOf(Buffer.from(new ArrayBuffer(KEPT_AT_FIRST * PAGE)));
  readonly #descriptor: number;
  readonly #reads: Reads;
  /** The slot of each page, from 1; 0 if it is not kept. */
  #slots = new Uint16Array(0);
  /** The page that was read last into each slot. */
  readonly #numbers: number[] = [];
  #next = 0;

  constructor(descriptor: number, reads: Reads) {
    this.#descriptor = descriptor;
    this.#reads = reads;
  }

  find(number: number, salt: number): number {
    const slot = number < this.#slots.length ? this.#slots[number]! : 0;
    return (slot > 0 ? slot - 1 : this.#read(number, salt)) * PAGE;
  }

  /** Reads a page into the slot of the one that was read longest ago. */
  #read(number: number, salt: number): number {
    const slot = this.#next;
    if (slot * PAGE === this.held.bytes.length) this.held = viewsOf(longer(this.held.bytes));
    const replaced = this.#numbers[slot];
    if (replaced !== undefined) this.#slots[replaced] = 0;
    const bytes = this.held.bytes.subarray(slot * PAGE, (slot + 1) * PAGE);
    const read = readSync(this.#descriptor, bytes, 0, PAGE, number * PAGE);
    this.#reads.pages++;
    if (read < PAGE || !isSealed(bytes, salt)) throw new DamagedIndex(`page ${number} is damaged`);
    this.#keep(number, slot);
    return slot;
  }

  #keep(number: number, slot: number): void {
    if (number >= this.#slots.length) {
      const slots = new Uint16Array(2 * number + 1);
      slots.set(this.#slots);
      this.#slots = slots;
    }
    this.#slots[number] = slot + 1;
    this.#numbers[slot] = number;
    this.#next = (slot + 1) % KEPT;
  }
}

/** Pages in memory. */
export class HeldPages implements Pages {
  readonly held: PageViews;

  constructor(bytes: Buffer) {
    this.held = viewsOf(bytes);
  }

  find(number: number): number {
    return number * PAGE;
  }
}

function viewsOf(bytes: Buffer): PageViews {
  const { buffer, byteOffset, length } = bytes;
  return { bytes, doubles: new Float64Array(buffer, byteOffset, length / 8), u32s: new Uint32Array(buffer, byteOffset, length / 4) };
}

function longer(bytes: Buffer): Buffer {
  const twice = Buffer.from(new ArrayBuffer(2 * bytes.length));
  bytes.copy(twice);
  return twice;
}
