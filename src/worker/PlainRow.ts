import { DeviceIds, nextHash } from '../domain/DeviceIds.js';
import { MAX_CLOCK_AHEAD } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { StoreRow } from '../store/StoreRow.js';
import { LINE_PARTS } from '../stream/LINE_PARTS.js';
import { LineBytes } from '../stream/LineBytes.js';

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, BACKSLASH, BLANK] = [34, 44, 45, 46, 48, 57, 92, 32] as const;
/** A number of so many digits is written again as it was: no other of as few is the same double. */
const MAX_DIGITS = 15;
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, power) => 10 ** power);
/** Smaller ones are written with an exponent. */
const LEAST = 1e-6;
const AHEAD = MAX_CLOCK_AHEAD * 1000;

/**
 * Reads lines as `formatLine` writes them straight into rows of a store, without a text for numbers of up to 15 digits: those
 * without extra columns whose numbers are written again as they were. Of any other line it says nothing. Holds the ids of its
 * devices, and the day that was read last.
 */
export class PlainRow {
  readonly #devices = new DeviceIds();
  readonly #line = new LineBytes();

  /**
   * The row of a line, or `undefined`.
   *
   * @param places the number of the source times 2^40; without a source nothing is read
   */
  read(bytes: Buffer, from: number, to: number, places: number | undefined): StoreRow | undefined {
    if (places === undefined) return undefined;
    const line = this.#line;
    line.start(bytes, from, to);
    if (!line.is(LINE_PARTS.time)) return undefined;
    const arrival: Instant = line.instant();
    if (!(arrival > -Infinity) || !line.is(LINE_PARTS.device)) return undefined;
    const device = this.#device();
    if (device === undefined || !line.is(LINE_PARTS.latitude)) return undefined;
    const lat = this.#number();
    if (!(lat >= -90 && lat <= 90) || !line.is(LINE_PARTS.longitude)) return undefined;
    const lon = this.#number();
    if (!(lon >= -180 && lon <= 180) || !line.is(LINE_PARTS.speed)) return undefined;
    const speed = line.is(LINE_PARTS.unknown) ? null : this.#number();
    if ((speed !== null && !(speed >= 0)) || !line.is(LINE_PARTS.event)) return undefined;
    const event = line.instant();
    if (!(event - arrival <= AHEAD) || !line.is(LINE_PARTS.place)) return undefined;
    const place = line.place();
    if (!(place >= 0) || !line.isClosed()) return undefined;
    return { device, arrival, seq: places + place, event, lat, lon, speed, written: null, further: null };
  }

  /** An id that has no escapes, up to its closing quote. */
  #device(): string | undefined {
    const { bytes, at: from, end } = this.#line;
    let hash = 0;
    for (let at = from; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (at === from) return undefined;
        this.#line.at = at + 1;
        return this.#devices.id(this.#devices.numberOf(bytes, from, at, hash));
      }
      if (byte < BLANK || byte === BACKSLASH) return undefined;
      hash = nextHash(hash, byte);
    }
    return undefined;
  }

  /** A number that is written again as it was, or `NaN`: a whole number below 2^53 by a power of ten is rounded once. */
  #number(): number {
    const { bytes, at: from, end } = this.#line;
    const isNegative = bytes[from] === MINUS;
    const start = isNegative ? from + 1 : from;
    let [at, digits, point] = [start, 0, -1];
    for (; at < end; at++) {
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
    this.#line.at = at;
    return isNegative ? -value : value;
  }

  /** A number of more digits. */
  #long(end: number): number {
    const text = this.#line.bytes.toString('latin1', this.#line.at, end);
    const value = Number(text);
    if (String(value) !== text) return NaN;
    this.#line.at = end;
    return value;
  }
}
