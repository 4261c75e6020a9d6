import { parseInstant, type Instant } from '../domain/instant.js';

const [QUOTE, MINUS, POINT, ZERO, NINE, COLON, CLOSE, LETTER_T, LETTER_Z] = [34, 45, 46, 48, 57, 58, 125, 84, 90] as const;
const DAY_CHARACTERS = 10;
const INSTANT_CHARACTERS = 28; // with the quote behind it
const MINUTE = 60_000_000; // µs
const MAX_PLACE_DIGITS = 12; // it is below 2^40

/** The bytes of a line that are left to be read, as `formatLine` writes them. Remembers the day of the times that were read last. */
export class LineBytes {
  bytes: Buffer = Buffer.alloc(0);
  /** The next byte, and that after the last. */
  at = 0;
  end = 0;
  #day = NaN;
  #midnight: Instant = NaN;

  start(bytes: Buffer, from: number, to: number): void {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Passes over what is next, if it is this. */
  is(text: Buffer): boolean {
    const { length } = text;
    if (this.at + length > this.end) return false;
    for (let i = 0; i < length; i++) if (this.bytes[this.at + i] !== text[i]) return false;
    this.at += length;
    return true;
  }

  /** Whether nothing is left but the end of the object. */
  isClosed(): boolean {
    return this.at === this.end - 1 && this.bytes[this.at] === CLOSE;
  }

  /** `2021-10-23T12:30:03.385959Z"`, or `NaN`. */
  instant(): Instant {
    const { bytes, at } = this;
    if (at + INSTANT_CHARACTERS > this.end || bytes[at + 10] !== LETTER_T) return NaN;
    if (bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return NaN;
    if (bytes[at + 19] !== POINT || bytes[at + 26] !== LETTER_Z || bytes[at + 27] !== QUOTE) return NaN;
    if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return NaN;
    const day = 10_000 * this.#digits(at, 4) + 100 * this.#digits(at + 5, 2) + this.#digits(at + 8, 2);
    const [hour, minute] = [this.#digits(at + 11, 2), this.#digits(at + 14, 2)];
    const micros = 1e6 * this.#digits(at + 17, 2) + this.#digits(at + 20, 6);
    if (!(day > 0 && hour < 24 && minute < 60 && micros < MINUTE)) return NaN;
    if (day !== this.#day) {
      this.#midnight = parseInstant(`${bytes.toString('latin1', at, at + DAY_CHARACTERS)}T00:00Z`) ?? NaN;
      this.#day = day;
    }
    const instant = this.#midnight + (60 * hour + minute) * MINUTE + micros;
    if (!Number.isSafeInteger(instant)) return NaN;
    this.at += INSTANT_CHARACTERS;
    return instant;
  }

  /** The place of a fix: a whole number of up to 12 digits, or `NaN`. */
  place(): number {
    const { bytes, at: from } = this;
    let [at, place] = [from, 0];
    for (; bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) place = 10 * place + bytes[at]! - ZERO;
    const count = at - from;
    if (count === 0 || count > MAX_PLACE_DIGITS || (count > 1 && bytes[from] === ZERO)) return NaN;
    this.at = at;
    return place;
  }

  /** The number of so many digits; `NaN` if they are not digits. */
  #digits(from: number, count: number): number {
    let value = 0;
    for (let at = from; at < from + count; at++) {
      const digit = this.bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = 10 * value + digit;
    }
    return value;
  }
}
