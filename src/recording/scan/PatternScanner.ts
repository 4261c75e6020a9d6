import type { Bytes } from '../../csv/copyBytes.js';
import type { Instant } from '../../domain/instant.js';
import type { TimeRead } from '../../domain/times/TimeReader.js';
import type { RecordedTimes } from '../../domain/times/RecordedTimes.js';
import type { FixedTime } from '../../domain/times/TimePattern.js';
import { PLAIN } from '../../domain/times/Zone.js';
import { NO, type TimeScanner } from './TimeScanner.js';
import { wholeMinute } from './wholeMinute.js';

const ZERO = 48;
/** How many minutes are remembered: each in a place that three of its bytes give, by 4, 3 and 4 of their bits. */
const PLACES = 2 ** 11;
const SECOND = 1_000_000;

/**
 * Reads times of a pattern of fixed width from bytes. All but the second and its fraction is the text of a minute: those read
 * last are remembered, and known again by comparing bytes, four at a time.
 */
export class PatternScanner implements TimeScanner {
  instant: Instant = 0;
  kind: TimeRead['kind'] = PLAIN;
  isZoneless = false;
  readonly #reader: RecordedTimes;
  readonly #fixed: FixedTime;
  /** The bits that are compared, of four bytes each. */
  readonly #masks: Int32Array;
  /** The texts of the minutes, and what was read of them. */
  readonly #texts: Int32Array;
  readonly #minutes = new Float64Array(PLACES).fill(NaN);
  readonly #kinds = new Uint8Array(PLACES);
  readonly #zoneless = new Uint8Array(PLACES);
  /** Where the bytes are that tell the place of a minute. */
  readonly #places: readonly [number, number, number];

  constructor(reader: RecordedTimes, fixed: FixedTime) {
    this.#reader = reader;
    this.#fixed = fixed;
    this.#masks = masksOf(fixed);
    this.#texts = new Int32Array(this.#masks.length * PLACES);
    const [a = 0, b = a, c = b] = fixed.minute;
    this.#places = [a, b, c];
  }

  scan(source: Bytes, start: number): number {
    const { bytes } = source;
    const [a, b, c] = this.#places;
    const place = ((bytes[start + a]! & 15) << 7) | ((bytes[start + b]! & 7) << 4) | (bytes[start + c]! & 15);
    if (!this.#isAt(source.view, start, place) && !this.#begin(source, start, place)) return NO;
    const { width, second, fraction, fractionDigits } = this.#fixed;
    let micros = 0;
    if (second >= 0) {
      const tens = bytes[start + second]! - ZERO;
      const ones = bytes[start + second + 1]! - ZERO;
      if (tens < 0 || tens > 5 || ones < 0 || ones > 9) return NO;
      micros = (tens * 10 + ones) * SECOND;
    }
    let unit = SECOND / 10;
    for (let at = start + fraction; at < start + fraction + fractionDigits; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return NO;
      if (unit >= 1) micros += unit * digit;
      unit /= 10;
    }
    this.instant = this.#minutes[place]! + micros;
    this.kind = this.#kinds[place] as TimeRead['kind'];
    this.isZoneless = this.#zoneless[place] === 1;
    return start + width;
  }

  #isAt(view: DataView, start: number, place: number): boolean {
    if (Number.isNaN(this.#minutes[place])) return false;
    const { length } = this.#masks;
    for (let word = 0; word < length; word++)
      if ((view.getInt32(start + 4 * word) & this.#masks[word]!) !== this.#texts[length * place + word]) return false;
    return true;
  }

  /** Reads a minute, and remembers it; whether it is one of which every moment is read alike. */
  #begin({ bytes, view }: Bytes, start: number, place: number): boolean {
    const { width, second, fraction, fractionDigits } = this.#fixed;
    const text = bytes.toString('latin1', start, start + width);
    const at = (seconds: string, digit: string) => {
      const put = second < 0 ? text : `${text.slice(0, second)}${seconds}${text.slice(second + 2)}`;
      return `${put.slice(0, fraction)}${digit.repeat(fractionDigits)}${put.slice(fraction + fractionDigits)}`;
    };
    const micros = (second < 0 ? 0 : 59 * SECOND) + Math.floor(SECOND - SECOND / 10 ** Math.min(6, fractionDigits));
    const minute = wholeMinute(this.#reader, at('00', '0'), at('59', '9'), micros);
    if (!minute) return false;
    const { length } = this.#masks;
    for (let word = 0; word < length; word++)
      this.#texts[length * place + word] = view.getInt32(start + 4 * word) & this.#masks[word]!;
    this.#minutes[place] = minute.instant;
    this.#kinds[place] = minute.kind;
    this.#zoneless[place] = minute.isZoneless ? 1 : 0;
    return true;
  }
}

/** What tells a minute from others: all of its bytes but those of the second and its fraction. */
function masksOf({ width, second, fraction, fractionDigits }: FixedTime): Int32Array {
  const bytes = Buffer.alloc(4 * Math.ceil(width / 4)).fill(0xff, 0, width);
  if (second >= 0) bytes.fill(0, second, second + 2);
  bytes.fill(0, fraction, fraction + fractionDigits);
  return Int32Array.from({ length: bytes.length / 4 }, (_, word) => bytes.readInt32BE(4 * word));
}
