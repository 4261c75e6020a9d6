import { COUNTS, UNITS } from './countFormat.js';
import { PAGE } from './page.js';
import { KINDS, type Tally } from './Tally.js';
import { writeNumber } from './writeNumber.js';

/** A record has fewer bytes: 5 for the units between two, and 3 for the rows of each kind. */
const MAX_RECORD = 24;
/** Counts by a longer unit are kept if they are at most so much of those by the one before. */
const WORTH = 1 / 2;

/** The pages of counts of a segment, unsealed: those by one clock behind those by another, and those by longer units behind. */
export class CountPages {
  #bytes = Buffer.alloc(0);
  #pages = 0;

  /** All of them. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#pages * PAGE);
  }

  clear(): void {
    this.#pages = 0;
  }

  /**
   * Adds counts by the second, and by longer units as long as that leaves fewer pages to read. The tally is by days then.
   *
   * @param kinds those that the segment has
   * @returns how many pages there are by each unit
   */
  add(tally: Tally, kinds: readonly number[]): readonly number[] {
    let before = { pages: 2, size: Infinity };
    return UNITS.map((unit, i) => {
      if (i > 0) tally.lengthen(unit / UNITS[i - 1]!);
      if (before.pages === 1 || tally.size > before.size * WORTH) return 0;
      before = { pages: this.#write(tally, kinds), size: tally.size };
      return before.pages;
    });
  }

  #write(tally: Tally, kinds: readonly number[]): number {
    const before = this.#pages;
    for (let next = 0; next < tally.size; ) {
      this.#makeRoom();
      next = writePage(this.#bytes.subarray(this.#pages * PAGE, ++this.#pages * PAGE).fill(0), tally, kinds, next);
    }
    return this.#pages - before;
  }

  #makeRoom(): void {
    if ((this.#pages + 1) * PAGE <= this.#bytes.length) return;
    const grown = Buffer.alloc(2 * (this.#pages + 1) * PAGE);
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

/** Fills a page with the units of a tally from one on; gives the one to go on with. */
function writePage(page: Buffer, { units, counts, size }: Tally, kinds: readonly number[], first: number): number {
  new DataView(page.buffer, page.byteOffset).setFloat64(8 * COUNTS.unit, units[first]!, isLittleEndian);
  let at: number = COUNTS.records;
  let i = first;
  for (; i < size && at + MAX_RECORD <= COUNTS.end; i++) {
    at = writeNumber(page, at, units[i]! - units[Math.max(first, i - 1)]!);
    for (const kind of kinds) at = writeNumber(page, at, counts[i * KINDS + kind]!);
  }
  new DataView(page.buffer, page.byteOffset).setUint32(4 * COUNTS.U32.bytes, at - COUNTS.records, isLittleEndian);
  return i;
}

/** Segments have numbers in the byte order of the machine. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
