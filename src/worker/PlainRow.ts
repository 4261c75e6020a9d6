import { DeviceIds, nextHash } from '../domain/DeviceIds.js';
import { MAX_CLOCK_AHEAD } from '../domain/fix.js';
import { parseInstant, type Instant } from '../domain/instant.js';
import type { StoreRow } from '../store/StoreRow.js';

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH, BLANK, CLOSE] = [34, 44, 45, 46, 48, 57, 58, 92, 32, 125] as const;
const [LETTER_T, LETTER_Z] = [84, 90] as const;
const TIME = Buffer.from('{"time":"');
const DEVICE = Buffer.from(',"device_id":"');
const LATITUDE = Buffer.from(',"lat":');
const LONGITUDE = Buffer.from(',"lon":');
const SPEED = Buffer.from(',"speed":');
const UNKNOWN = Buffer.from('null');
const EVENT = Buffer.from(',"event_time":"');
const PLACE = Buffer.from(',"seq":');
const DAY_CHARACTERS = 10;
const INSTANT_CHARACTERS = 28; // with the quote behind it
const MINUTE = 60_000_000; // µs
/** A number of so many digits is written again as it was: no other of as few is the same double. */
const MAX_DIGITS = 15;
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);
/** Smaller ones are written with an exponent. */
const LEAST = 1e-6;
const MAX_PLACE_DIGITS = 12;
const AHEAD = MAX_CLOCK_AHEAD * 1000;

/**
 * Reads lines as `formatLine` writes them straight into rows of a store, without a text for numbers of up to 15 digits: those
 * without extra columns whose numbers are written again as they were. Of any other line it says nothing. Holds the ids of its
 * devices, and the day that was read last.
 */
export class PlainRow {
  readonly #devices = new DeviceIds();
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;
  #day = NaN;
  #midnight: Instant = NaN;

  /**
   * The row of a line, or `undefined`.
   *
   * @param places the number of the source times 2^40; without a source nothing is read
   */
  read(bytes: Buffer, from: number, to: number, places: number | undefined): StoreRow | undefined {
    if (places === undefined) return undefined;
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    if (!this.#is(TIME)) return undefined;
    const arrival = this.#instant();
    if (!(arrival > -Infinity) || !this.#is(DEVICE)) return undefined;
    const device = this.#device();
    if (device === undefined || !this.#is(LATITUDE)) return undefined;
    const lat = this.#number();
    if (!(lat >= -90 && lat <= 90) || !this.#is(LONGITUDE)) return undefined;
    const lon = this.#number();
    if (!(lon >= -180 && lon <= 180) || !this.#is(SPEED)) return undefined;
    const speed = this.#is(UNKNOWN) ? null : this.#number();
    if ((speed !== null && !(speed >= 0)) || !this.#is(EVENT)) return undefined;
    const event = this.#instant();
    if (!(event - arrival <= AHEAD) || !this.#is(PLACE)) return undefined;
    const place = this.#place();
    if (!(place >= 0) || this.#at !== to - 1 || bytes[this.#at] !== CLOSE) return undefined;
    return { device, arrival, seq: places + place, event, lat, lon, speed, written: null, further: null };
  }

  #is(text: Buffer): boolean {
    const { length } = text;
    if (this.#at + length > this.#end) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[this.#at + i] !== text[i]) return false;
    this.#at += length;
    return true;
  }

  /** `2021-10-23T12:30:03.385959Z"`, or `NaN`. */
  #instant(): Instant {
    const [bytes, at] = [this.#bytes, this.#at];
    if (at + INSTANT_CHARACTERS > this.#end || bytes[at + 10] !== LETTER_T) return NaN;
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
    this.#at += INSTANT_CHARACTERS;
    return instant;
  }

  #digits(from: number, count: number): number {
    let value = 0;
    for (let at = from; at < from + count; at++) {
      const digit = this.#bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return NaN;
      value = 10 * value + digit;
    }
    return value;
  }

  /** An id that has no escapes, up to its closing quote. */
  #device(): string | undefined {
    const [bytes, from] = [this.#bytes, this.#at];
    let hash = 0;
    for (let at = from; at < this.#end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (at === from) return undefined;
        this.#at = at + 1;
        return this.#devices.id(this.#devices.numberOf(bytes, from, at, hash));
      }
      if (byte < BLANK || byte === BACKSLASH) return undefined;
      hash = nextHash(hash, byte);
    }
    return undefined;
  }

  /** A number that is written again as it was, or `NaN`: a whole number below 2^53 by a power of ten is rounded once. */
  #number(): number {
    const bytes = this.#bytes;
    const isNegative = bytes[this.#at] === MINUS;
    const start = isNegative ? this.#at + 1 : this.#at;
    let [at, digits, point] = [start, 0, -1];
    for (; at < this.#end; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) digits = 10 * digits + byte - ZERO;
      else if (byte === POINT && point < 0 && at > start) point = at;
      else break;
    }
    const count = at - start - (point < 0 ? 0 : 1);
    if (count === 0 || bytes[at] !== COMMA) return NaN;
    if (count > MAX_DIGITS) return this.#long(at);
    if (bytes[start] === ZERO && at > start + 1 && point !== start + 1) return NaN;
    if (point >= 0 && (point === at - 1 || bytes[at - 1] === ZERO)) return NaN;
    const value = point < 0 ? digits : digits / POWERS[at - point - 1]!;
    if (value < LEAST && (digits > 0 || isNegative)) return NaN;
    this.#at = at;
    return isNegative ? -value : value;
  }

  /** A number of more digits. */
  #long(end: number): number {
    const text = this.#bytes.toString('latin1', this.#at, end);
    const value = Number(text);
    if (String(value) !== text) return NaN;
    this.#at = end;
    return value;
  }

  #place(): number {
    const from = this.#at;
    let [at, place] = [from, 0];
    for (; this.#bytes[at]! >= ZERO && this.#bytes[at]! <= NINE; at++) place = 10 * place + this.#bytes[at]! - ZERO;
    const count = at - from;
    if (count === 0 || count > MAX_PLACE_DIGITS || (count > 1 && this.#bytes[from] === ZERO)) return NaN;
    this.#at = at;
    return place;
  }
}
