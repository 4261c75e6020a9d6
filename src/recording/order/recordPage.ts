import { after, UNIT, viewsOf, type RecordViews } from '../FixRecords.js';

/** What a page takes, unless its texts are long: what is given back by the megabyte is collected late. */
export const PAGE_BYTES = 512 * 1024;
/** Two unsigned integers of 4 bytes: how many fixes, and how many bytes their records have. */
const HEAD = 8;

/** Some records as they were read back. */
export interface RecordPage {
  readonly arrival: Float64Array;
  /** The records, one after the other. */
  readonly views: RecordViews;
  /** How many bytes the page has. */
  readonly bytes: number;
}

/**
 * Some records as bytes: the head, then the arrival times as doubles, then the records as they are; all in the byte
 * order of the machine.
 *
 * @param places where they stand, in units of 8 bytes
 * @param into where to put them, if they find room there
 */
export function encodePage({ u32s }: RecordViews, arrival: Float64Array, places: Uint32Array, into: ArrayBuffer): Buffer {
  let recordBytes = 0;
  for (const place of places) recordBytes += after(0, u32s[2 * place + 3]!);
  const size = HEAD + arrival.byteLength + recordBytes;
  const memory = size > into.byteLength ? new ArrayBuffer(size) : into;
  new Uint32Array(memory, 0, 2).set([places.length, recordBytes]);
  new Float64Array(memory, HEAD, arrival.length).set(arrival);
  const words = new Uint32Array(memory, HEAD + arrival.byteLength);
  let at = 0;
  for (const place of places) {
    const end = at + after(0, u32s[2 * place + 3]!) / 4;
    for (let word = 2 * place; at < end; at++, word++) words[at] = u32s[word]!;
  }
  return Buffer.from(memory, 0, size);
}

/**
 * Reads such bytes.
 *
 * @param into where to read them to, if they find room there: the page is good until that is used again
 * @param fill is to read from a place on
 */
export function decodePage(into: ArrayBuffer, fill: (bytes: Buffer, from: number) => void): RecordPage {
  const head = Buffer.from(new ArrayBuffer(HEAD));
  fill(head, 0);
  const [rows = 0, recordBytes = 0] = new Uint32Array(head.buffer);
  const size = rows * UNIT + recordBytes;
  const memory = size > into.byteLength ? new ArrayBuffer(size) : into;
  fill(Buffer.from(memory, 0, size), HEAD);
  return { arrival: new Float64Array(memory, 0, rows), views: viewsOf(memory, rows * UNIT), bytes: HEAD + size };
}
