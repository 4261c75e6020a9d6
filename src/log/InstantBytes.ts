import { formatInstant, type Instant } from '../domain/instant.js';

/** An instant as of `formatInstant`, and a comma. */
export const INSTANT_BYTES = 28;
const MINUTE = 60_000_000; // µs
const SECOND = 1_000_000;
/** What an instant is put together from, four bytes at a time: one byte at a time takes four times as long. */
const SECONDS = fourBytes(60, (second) => `:${String(second).padStart(2, '0')}.`);
const MICROS = Int32Array.from({ length: 10_000 }, (_, hundreds) => fourDigits(hundreds));
const LAST_MICROS = fourBytes(100, (micros) => `${String(micros).padStart(2, '0')}Z,`);

/** How many minutes are remembered: each in the place of the last bits of its number. */
const PLACES = 1024;

/** Writes instants as the bytes of their texts, of which most are in one of the minutes written last. */
export class InstantBytes {
  /** The minutes, since 1970, and the first sixteen bytes of their texts. */
  readonly #minutes = new Float64Array(PLACES).fill(NaN);
  readonly #texts = new Int32Array(4 * PLACES);

  /** Writes an instant and a comma to a place; gives the place behind it. */
  put(bytes: DataView, at: number, instant: Instant): number {
    const minute = Math.floor(instant / MINUTE);
    const place = minute & (PLACES - 1);
    if (this.#minutes[place] !== minute) this.#begin(minute, place);
    const rest = (instant - minute * MINUTE) | 0; // an integer of 32 bits, as all that follow
    const second = (rest / SECOND) | 0;
    const micros = (rest - second * SECOND) | 0;
    const hundreds = (micros / 100) | 0;
    const texts = this.#texts;
    const text = 4 * place;
    bytes.setInt32(at, texts[text]!);
    bytes.setInt32(at + 4, texts[text + 1]!);
    bytes.setInt32(at + 8, texts[text + 2]!);
    bytes.setInt32(at + 12, texts[text + 3]!);
    bytes.setInt32(at + 16, SECONDS[second]!);
    bytes.setInt32(at + 20, MICROS[hundreds]!);
    bytes.setInt32(at + 24, LAST_MICROS[micros - 100 * hundreds]!);
    return at + INSTANT_BYTES;
  }

  #begin(minute: number, place: number): void {
    const text = Buffer.from(formatInstant(minute * MINUTE), 'latin1');
    this.#minutes[place] = minute;
    for (let word = 0; word < 4; word++) this.#texts[4 * place + word] = text.readInt32BE(4 * word);
  }
}

function fourBytes(count: number, text: (i: number) => string): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Buffer.from(text(i), 'latin1').readInt32BE());
}

/** The bytes of the text of a number from 0 to 9,999: without making a text, since there are so many. */
function fourDigits(number: number): number {
  const digit = (unit: number) => Math.floor(number / unit) % 10;
  return 0x30303030 | (digit(1000) << 24) | (digit(100) << 16) | (digit(10) << 8) | digit(1);
}
