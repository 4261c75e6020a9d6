import type { Bytes } from '../../csv/copyBytes.js';
import { fourDigits } from '../../csv/fourDigits.js';
import { parseInstant, type Instant } from '../../domain/instant.js';

/** `2021-10-23T12:30:03.385959Z` */
export const TIME_LENGTH = 27;
const [COLON, POINT, LETTER_T, LETTER_Z] = [58, 46, 84, 90] as const;
const HOUR = 3_600_000_000;
const MINUTE = 60_000_000;
const SECOND = 1_000_000;

/** Reads times from bytes as `formatInstant` writes them. The day read last is remembered. */
export class TimeBytes {
  /** The bytes of its text, and when it begins. */
  #year = 0;
  #month = 0;
  #day = 0;
  #begin: Instant = NaN;

  /** The time that starts at a place; `NaN` if there is none that is written so. There must be as many bytes. */
  read({ bytes, view }: Bytes, at: number): Instant {
    const [year, month, day] = [view.getInt32(at), view.getInt32(at + 4), view.getInt16(at + 8)];
    if (day !== this.#day || month !== this.#month || year !== this.#year) {
      [this.#year, this.#month, this.#day] = [year, month, day];
      this.#begin = parseInstant(`${bytes.toString('latin1', at, at + 10)}T00:00Z`) ?? NaN;
    }
    const hour = twoDigits(view.getUint16(at + 11));
    const minute = twoDigits(view.getUint16(at + 14));
    const second = twoDigits(view.getUint16(at + 17));
    const hundreds = fourDigits(view.getInt32(at + 20));
    const rest = twoDigits(view.getUint16(at + 24));
    const isDivided = bytes[at + 10] === LETTER_T && bytes[at + 13] === COLON && bytes[at + 16] === COLON && bytes[at + 19] === POINT;
    if (!isDivided || bytes[at + 26] !== LETTER_Z || hour > 23 || minute > 59 || second > 59 || hundreds < 0 || rest > 99) return NaN;
    const instant = this.#begin + hour * HOUR + minute * MINUTE + second * SECOND + hundreds * 100 + rest;
    return Number.isSafeInteger(instant) ? instant : NaN;
  }
}

/** The number that two bytes spell; a greater one than 99 if they are not both digits. */
function twoDigits(word: number): number {
  const [tens, ones] = [(word >> 8) - 48, (word & 255) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
