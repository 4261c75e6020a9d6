import type { Bytes } from '../../csv/copyBytes.js';
import type { Instant } from '../../domain/instant.js';
import type { TimeRead } from '../../domain/times/TimeReader.js';
import type { RecordedTimes } from '../../domain/times/RecordedTimes.js';
import { writtenTime } from '../../domain/times/writtenTime.js';
import { PLAIN } from '../../domain/times/Zone.js';
import { EpochScanner } from './EpochScanner.js';
import { fourDigits } from '../../csv/fourDigits.js';
import { isDigit } from './isDigit.js';
import { wholeMinute } from './wholeMinute.js';
import { NO, type TimeScanner } from './TimeScanner.js';

const [PLUS, MINUS, POINT, COLON, BLANK, BRACKET, LETTER_Z, SMALL_Z, ZERO] = [43, 45, 46, 58, 32, 91, 90, 122, 48] as const;
/** Of the days after it, not every microsecond is an instant. */
const LAST_WHOLE_DAY = Number.MAX_SAFE_INTEGER - 86_400_000_000;
const MINUTE = 60_000_000;
/** `2021-10-23T12:30`. */
const MINUTE_BYTES = 16;
const MAX_FRACTION = 9;
/** How many minutes are remembered: each in the place that the last three digits of its hour and minute give, of 4, 3 and 4 bits. */
const PLACES = 2 ** 11;
/** What may be behind a time to say its zone has no more bytes, and only these. */
const LONGEST_SUFFIX = 64;
const SUFFIX = /[\w +\-:[\]/!=]/;
const IN_SUFFIX = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 && SUFFIX.test(String.fromCharCode(byte)) ? 1 : 0));

/**
 * Reads times like `2021-10-23T12:30:03.385959Z` from bytes: with `-` or `/`, a `T` or a blank, 0 to 9 digits of a fraction, and
 * whatever says the zone, or nothing; and numbers since 1970. The minutes read last are remembered, and known again by comparing
 * bytes, four at a time; as is what was last behind one.
 */
export class IsoScanner implements TimeScanner {
  instant: Instant = 0;
  kind: TimeRead['kind'] = PLAIN;
  isZoneless = false;
  readonly #reader: RecordedTimes;
  readonly #numbers = new EpochScanner();
  /** The texts of the minutes, and when they begin by UTC. No text of UTF-8 has the bytes that are there at first. */
  readonly #texts = new Int32Array(4 * PLACES).fill(-1);
  readonly #minutes = new Float64Array(PLACES);
  /**
   * When they begin by the zone of times that name none, and what was made of them; `NaN` if that is not the same for
   * all of the minute.
   */
  readonly #placed = new Float64Array(PLACES);
  readonly #kinds = new Uint8Array(PLACES);
  /** What was last behind a time, and by how much it makes it later. */
  #suffix: Uint8Array = new Uint8Array(0);
  #later = 0;

  constructor(reader: RecordedTimes) {
    this.#reader = reader;
  }

  scan(source: Bytes, start: number): number {
    const { bytes, view } = source;
    const place = ((bytes[start + 12]! & 15) << 7) | ((bytes[start + 14]! & 7) << 4) | (bytes[start + 15]! & 15);
    if (!this.#isAt(view, start, place)) {
      if (isDigit(bytes[start + 4]!)) return this.#number(source, start);
      if (!this.#begin(source, start, place)) return NO;
    }
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
    const within = (tens * 10 + ones) * 1_000_000 + micros;
    const next = bytes[at]!;
    if (next === LETTER_Z && bytes[at + 1] !== BRACKET) {
      this.#take(this.#minutes[place]! + within, PLAIN, false);
      return at + 1;
    }
    if (next === PLUS || next === MINUS || next === BLANK || next === BRACKET || next === LETTER_Z || next === SMALL_Z)
      return this.#zoned(bytes, at, this.#minutes[place]! + within);
    this.#take(this.#placed[place]! + within, this.#kinds[place] as TimeRead['kind'], true);
    return Number.isNaN(this.instant) ? NO : at;
  }

  #take(instant: Instant, kind: TimeRead['kind'], isZoneless: boolean): void {
    this.instant = instant;
    this.kind = kind;
    this.isZoneless = isZoneless;
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
    const text = bytes.toString('latin1', start, start + MINUTE_BYTES);
    const minute = writtenTime(`${text}:00Z`)?.wall;
    if (minute === undefined || Math.abs(minute) > LAST_WHOLE_DAY) return false;
    const placed = wholeMinute(this.#reader, `${text}:00`, `${text}:59.999999`);
    for (let word = 0; word < 4; word++) this.#texts[4 * place + word] = view.getInt32(start + 4 * word);
    this.#minutes[place] = minute;
    this.#placed[place] = placed?.instant ?? NaN;
    this.#kinds[place] = placed?.kind ?? PLAIN;
    return true;
  }

  #number(source: Bytes, start: number): number {
    const end = this.#numbers.scan(source, start);
    this.#take(this.#numbers.instant, PLAIN, false);
    return end;
  }

  /** Takes what says the zone behind a time; gives where it ends. */
  #zoned(bytes: Buffer, start: number, wall: number): number {
    const suffix = this.#suffix;
    let at = start;
    while (at - start < suffix.length && bytes[at] === suffix[at - start]) at++;
    if (at - start < suffix.length || at === start || IN_SUFFIX[bytes[at]!] === 1) {
      at = this.#beginSuffix(bytes, start);
      if (at === NO) return NO;
    }
    this.#take(wall + this.#later, PLAIN, false);
    return at;
  }

  /** Reads what is behind a time, and remembers it, if it says by how much that is later than UTC. */
  #beginSuffix(bytes: Buffer, start: number): number {
    let at = start;
    while (IN_SUFFIX[bytes[at]!] === 1) if (++at - start > LONGEST_SUFFIX) return NO;
    const offset = writtenTime(`2000-01-01T00:00:00${bytes.toString('latin1', start, at)}`)?.offset;
    if (offset === undefined) return NO;
    this.#suffix = Uint8Array.from(bytes.subarray(start, at));
    this.#later = -offset * MINUTE;
    return at;
  }
}
