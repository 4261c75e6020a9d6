import { parseInstant, type Instant } from '../domain/instant.js';
import { isNumber } from '../domain/isNumber.js';
import { nameOfKey } from './furtherKey.js';
import { AHEAD } from './lineOf.js';
import { put } from './put.js';
import type { StreamFix } from './StreamFix.js';

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH, CLOSE, BLANK, LETTER_T, LETTER_Z] = [
  34, 44, 45, 46, 48, 57, 58, 92, 125, 32, 84, 90,
] as const;
const TIME = Buffer.from('{"time":"');
const FIRST_DEVICE = Buffer.from('{"device_id":"');
const DEVICE = Buffer.from(',"device_id":"');
const LATITUDE = Buffer.from(',"lat":');
const LONGITUDE = Buffer.from(',"lon":');
const SPEED = Buffer.from(',"speed":');
const UNKNOWN = Buffer.from('null');
const EVENT = Buffer.from(',"event_time":"');
const PLACE = Buffer.from(',"seq":');
const DAY = 10; // the characters of a date
const MINUTE = 60_000_000; // µs
const OWN = /^(?:time|device_id|lat|lon|speed|event_time|seq)$/;
const MAX_DIGITS = 12; // of a place, which is below 2^40
/** So many digits are a number that is not longer than what is allowed. */
const LONGEST = 40;

/**
 * Reads lines as `formatLine` writes them, in a fraction of the time that JSON takes in general. Of any other line it says
 * nothing, also of one that is no fix: `lineOf` does. Remembers the day of the times read last.
 */
export class PlainLine {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;
  /** The day read last, as a number of eight digits, and its first instant. */
  #day = NaN;
  #midnight: Instant = NaN;

  /** The fix of a line of UTF-8, or `undefined`. @param stored when the stream got the message */
  read(bytes: Buffer, from: number, to: number, stored: Instant | undefined): StreamFix | undefined {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    const hasTime = this.#is(TIME);
    const time = hasTime ? this.#instant() : stored;
    if (hasTime && time === undefined) return undefined;
    if (!this.#is(hasTime ? DEVICE : FIRST_DEVICE)) return undefined;
    const device = this.#text();
    if (device === undefined || device === '' || !this.#is(LATITUDE)) return undefined;
    const latitude = this.#number(-90, 90);
    if (latitude === undefined || !this.#is(LONGITUDE)) return undefined;
    const longitude = this.#number(-180, 180);
    if (longitude === undefined || !this.#is(SPEED)) return undefined;
    const speed = this.#is(UNKNOWN) ? '' : this.#number(0, Number.MAX_VALUE);
    if (speed === undefined || !this.#is(EVENT)) return undefined;
    const event = this.#instant();
    if (event === undefined || (time !== undefined && event - time > AHEAD)) return undefined;
    return this.#rest({ device, ...(time === undefined ? {} : { arrival: time }), event, latitude, longitude, speed, extra: {} });
  }

  /** The extra columns, the place and the end. */
  #rest(fix: StreamFix & { seq?: number; extra: Record<string, string> }): StreamFix | undefined {
    while (this.#at < this.#end - 1) {
      if (this.#is(PLACE)) {
        const seq = this.#place();
        if (seq === undefined || fix.seq !== undefined) return undefined;
        fix.seq = seq;
        continue;
      }
      if (this.#bytes[this.#at++] !== COMMA || this.#bytes[this.#at++] !== QUOTE) return undefined;
      const key = this.#text();
      if (key === undefined || OWN.test(key) || this.#bytes[this.#at++] !== COLON || this.#bytes[this.#at++] !== QUOTE) return undefined;
      const value = this.#text();
      const name = nameOfKey(key);
      if (value === undefined || value === '' || Object.hasOwn(fix.extra, name)) return undefined;
      put(fix.extra, name, value);
    }
    return this.#at === this.#end - 1 && this.#bytes[this.#at] === CLOSE ? fix : undefined;
  }

  #is(text: Buffer): boolean {
    const { length } = text;
    if (this.#at + length > this.#end) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[this.#at + i] !== text[i]) return false;
    this.#at += length;
    return true;
  }

  /** `2021-10-23T12:30:03.385959Z"` */
  #instant(): Instant | undefined {
    const bytes = this.#bytes;
    const at = this.#at;
    if (at + 28 > this.#end || bytes[at + 10] !== LETTER_T || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return undefined;
    if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS || bytes[at + 19] !== POINT) return undefined;
    if (bytes[at + 26] !== LETTER_Z || bytes[at + 27] !== QUOTE) return undefined;
    const day = 10_000 * this.#digits(at, 4) + 100 * this.#digits(at + 5, 2) + this.#digits(at + 8, 2);
    const [hour, minute] = [this.#digits(at + 11, 2), this.#digits(at + 14, 2)];
    const micros = 1e6 * this.#digits(at + 17, 2) + this.#digits(at + 20, 6);
    if (!(day > 0 && hour < 24 && minute < 60 && micros < MINUTE)) return undefined;
    if (day !== this.#day) {
      this.#midnight = parseInstant(`${bytes.toString('latin1', at, at + DAY)}T00:00Z`) ?? NaN;
      this.#day = day;
    }
    const instant = this.#midnight + (60 * hour + minute) * MINUTE + micros;
    if (!Number.isSafeInteger(instant)) return undefined;
    this.#at += 28;
    return instant;
  }

  /** The number of so many digits; `NaN` if they are none. */
  #digits(from: number, count: number): number {
    let value = 0;
    for (let at = from; at < from + count; at++) {
      const byte = this.#bytes[at]!;
      if (byte < ZERO || byte > NINE) return NaN;
      value = 10 * value + byte - ZERO;
    }
    return value;
  }

  /** A text up to its closing quote, without anything that JSON escapes. */
  #text(): string | undefined {
    const bytes = this.#bytes;
    const from = this.#at;
    let all = 0;
    for (let at = from; at < this.#end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return all < 128 ? bytes.toString('latin1', from, at) : bytes.toString('utf8', from, at);
      }
      if (byte < BLANK || byte === BACKSLASH) return undefined;
      all |= byte;
    }
    return undefined;
  }

  /** The text of a number within bounds, written as one or in quotes. */
  #number(min: number, max: number): string | undefined {
    const bytes = this.#bytes;
    if (bytes[this.#at] === QUOTE) {
      this.#at++;
      const text = this.#text();
      return text !== undefined && isNumber(text, min, max) ? text : undefined;
    }
    const from = this.#at;
    const start = bytes[from] === MINUS ? from + 1 : from;
    let [at, whole] = [start, 0];
    for (; bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) whole = 10 * whole + bytes[at]! - ZERO;
    if (at === start || (bytes[start] === ZERO && at > start + 1)) return undefined;
    if (bytes[at] === POINT) {
      const point = at++;
      while (bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
      if (at === point + 1) return undefined;
    }
    if (bytes[at] !== COMMA || at - from > LONGEST) return undefined;
    const text = bytes.toString('latin1', from, at);
    const isWithin = start === from || min < 0 ? whole < max : false;
    if (!isWithin && !isNumber(text, min, max)) return undefined;
    this.#at = at;
    return text;
  }

  /** The place of a fix. */
  #place(): number | undefined {
    let [at, place] = [this.#at, 0];
    for (; this.#bytes[at]! >= ZERO && this.#bytes[at]! <= NINE; at++) place = 10 * place + this.#bytes[at]! - ZERO;
    const count = at - this.#at;
    if (count === 0 || count > MAX_DIGITS || (count > 1 && this.#bytes[this.#at] === ZERO)) return undefined;
    this.#at = at;
    return place;
  }
}
