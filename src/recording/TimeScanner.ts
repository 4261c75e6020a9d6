import type { Bytes } from '../csv/copyBytes.js';
import { parseInstant, type Instant } from '../domain/instant.js';

const [POINT, COLON, LETTER_Z, ZERO] = [46, 58, 90, 48] as const;
const NO = -1;
/** Of the days after it, not every microsecond is an instant. */
const LAST_WHOLE_DAY = Number.MAX_SAFE_INTEGER - 86_400_000_000;
/** `2021-10-23T12:30`. */
const MINUTE_BYTES = 16;
const MAX_FRACTION = 9;
/** So many bytes from where it starts are looked at, whatever is there. */
export const TIME_BYTES = 32;
/** How many minutes are remembered: each in the place that the last three digits of its hour and minute give, of 4, 3 and 4 bits. */
const PLACES = 2 ** 11;

/**
 * Reads times like `2021-10-23T12:30:03.385959Z` from bytes: with a `T` or a blank, 0 to 9 digits of a fraction, and `Z` or
 * nothing. The minutes read last are remembered, and known again by comparing bytes, four at a time.
 */
export class TimeScanner {
  /** The time read last. */
  instant: Instant = 0;
  /** The texts of the minutes, and when they begin. No text of UTF-8 has the bytes that are there at first. */
  readonly #texts = new Int32Array(4 * PLACES).fill(-1);
  readonly #minutes = new Float64Array(PLACES);

  /** Reads the time that starts at a place; gives where it ends, or -1 if it is none of those. There must be 32 bytes. */
  scan(source: Bytes, start: number): number {
    const { bytes, view } = source;
    const place = ((bytes[start + 12]! & 15) << 7) | ((bytes[start + 14]! & 7) << 4) | (bytes[start + 15]! & 15);
    if (!this.#isAt(view, start, place) && !this.#begin(source, start, place)) return NO;
    const tens = bytes[start + 17]! - ZERO;
    const ones = bytes[start + 18]! - ZERO;
    if (bytes[start + 16] !== COLON || tens < 0 || tens > 5 || ones < 0 || ones > 9) return NO;
    let at = start + 19;
    let micros = 0;
    if (bytes[at] === POINT) {
      const from = ++at;
      let unit = 100_000;
      const first = fourDigits(view.getInt32(at));
      if (first !== NO) {
        micros = first * 100;
        unit = 10;
        at += 4;
      }
      for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
        micros += unit * digit;
        unit = unit === 1 ? 0 : unit / 10;
        if (at > from + MAX_FRACTION) return NO;
      }
      if (at === from || at > from + MAX_FRACTION) return NO;
    }
    if (bytes[at] === LETTER_Z) at++;
    this.instant = this.#minutes[place]! + (tens * 10 + ones) * 1_000_000 + micros;
    return at;
  }

  #isAt(view: DataView, start: number, place: number): boolean {
    const texts = this.#texts;
    const at = 4 * place;
    return (
      view.getInt32(start + 12) === texts[at + 3] &&
      view.getInt32(start + 8) === texts[at + 2] &&
      view.getInt32(start + 4) === texts[at + 1] &&
      view.getInt32(start) === texts[at]
    );
  }

  /** Reads a minute, and remembers it; whether it is one, all of whose day can be told in instants. */
  #begin({ bytes, view }: Bytes, start: number, place: number): boolean {
    const minute = parseInstant(bytes.toString('latin1', start, start + MINUTE_BYTES));
    if (minute === undefined || minute > LAST_WHOLE_DAY) return false;
    for (let word = 0; word < 4; word++) this.#texts[4 * place + word] = view.getInt32(start + 4 * word);
    this.#minutes[place] = minute;
    return true;
  }
}

/** The number that four bytes spell, or -1 if they are not all digits. */
function fourDigits(word: number): number {
  const digits = word ^ 0x30303030;
  if ((digits & 0xf0f0f0f0) !== 0 || ((digits + 0x06060606) & 0xf0f0f0f0) !== 0) return NO;
  return (digits >>> 24) * 1000 + ((digits >>> 16) & 15) * 100 + ((digits >>> 8) & 15) * 10 + (digits & 15);
}
