import type { Instant } from '../domain/instant.js';
import { isNumber } from '../domain/isNumber.js';
import { LONGEST_NAME } from '../recording/formats/foundColumns.js';
import { nameOfKey } from './furtherKey.js';
import { LINE_PARTS } from './LINE_PARTS.js';
import { LineBytes } from './LineBytes.js';
import { AHEAD } from './lineOf.js';
import { put } from './put.js';
import type { StreamFix } from './StreamFix.js';

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH, BLANK] = [34, 44, 45, 46, 48, 57, 58, 92, 32] as const;
const OWN = /^(?:time|device_id|lat|lon|speed|event_time|seq)$/;
/** So many digits are a number that is not longer than what is allowed. */
const LONGEST = 40;

/**
 * Reads lines as `formatLine` writes them, in a fraction of the time that JSON takes in general. Of any other line it says
 * nothing, also of one that is not a fix: `lineOf` does.
 */
export class PlainLine {
  readonly #line = new LineBytes();

  /** The fix of a line of UTF-8, or `undefined`. @param stored when the stream got the message */
  read(bytes: Buffer, from: number, to: number, stored: Instant | undefined): StreamFix | undefined {
    const line = this.#line;
    line.start(bytes, from, to);
    const hasTime = line.is(LINE_PARTS.time);
    const time = hasTime ? line.instant() : stored;
    if (Number.isNaN(time) || !line.is(hasTime ? LINE_PARTS.device : LINE_PARTS.firstDevice)) return undefined;
    const device = this.#text();
    if (device === undefined || device === '' || !line.is(LINE_PARTS.latitude)) return undefined;
    const latitude = this.#number(-90, 90);
    if (latitude === undefined || !line.is(LINE_PARTS.longitude)) return undefined;
    const longitude = this.#number(-180, 180);
    if (longitude === undefined || !line.is(LINE_PARTS.speed)) return undefined;
    const speed = line.is(LINE_PARTS.unknown) ? '' : this.#number(0, Number.MAX_VALUE);
    if (speed === undefined || !line.is(LINE_PARTS.event)) return undefined;
    const event = line.instant();
    if (Number.isNaN(event) || (time !== undefined && event - time > AHEAD)) return undefined;
    return this.#rest({ device, ...(time === undefined ? {} : { arrival: time }), event, latitude, longitude, speed, extra: {} });
  }

  /** The extra columns, the place and the end. */
  #rest(fix: StreamFix & { seq?: number; extra: Record<string, string> }): StreamFix | undefined {
    const line = this.#line;
    while (line.at < line.end - 1) {
      if (line.is(LINE_PARTS.place)) {
        const seq = line.place();
        if (Number.isNaN(seq) || fix.seq !== undefined) return undefined;
        fix.seq = seq;
        continue;
      }
      if (line.bytes[line.at++] !== COMMA || line.bytes[line.at++] !== QUOTE) return undefined;
      const key = this.#text();
      if (key === undefined || key.length > LONGEST_NAME || OWN.test(key)) return undefined;
      if (line.bytes[line.at++] !== COLON || line.bytes[line.at++] !== QUOTE) return undefined;
      const value = this.#text();
      const name = nameOfKey(key);
      if (value === undefined || value === '' || Object.hasOwn(fix.extra, name)) return undefined;
      put(fix.extra, name, value);
    }
    return line.isClosed() ? fix : undefined;
  }

  /** A text up to its closing quote, without anything that JSON escapes. */
  #text(): string | undefined {
    const { bytes, at: from, end } = this.#line;
    let all = 0;
    for (let at = from; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.#line.at = at + 1;
        return all < 128 ? bytes.toString('latin1', from, at) : bytes.toString('utf8', from, at);
      }
      if (byte < BLANK || byte === BACKSLASH) return undefined;
      all |= byte;
    }
    return undefined;
  }

  /** The text of a number within bounds, written as one or in quotes. */
  #number(min: number, max: number): string | undefined {
    const line = this.#line;
    const { bytes, at: from } = line;
    if (bytes[from] === QUOTE) {
      line.at++;
      const text = this.#text();
      return text !== undefined && isNumber(text, min, max) ? text : undefined;
    }
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
    line.at = at;
    return text;
  }
}
