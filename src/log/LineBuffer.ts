import { formatField } from '../csv/formatRow.js';
import { formatInstant, type Instant } from '../domain/instant.js';

const LEAST = 4096;
const [LF, COMMA, ZERO, NOT_ASCII] = [10, 44, 48, 128] as const;
/** An instant in UTC, as of `formatInstant`, and a comma. */
const INSTANT_BYTES = 28;
/** Texts of ASCII up to so many characters are copied at once: to call for an encoder takes longer. */
const SHORT = 64;
const UTF8_MOST = 3; // bytes for a unit of UTF-16
const SECOND = 1_000_000;
const DAY = 86_400; // seconds

/**
 * CSV lines that are being put together, field by field, as the bytes that a file will hold: the same as texts
 * would give at a third of the time.
 */
export class LineBuffer {
  /** Where each line ends. */
  readonly ends: number[] = [];
  #bytes = Buffer.allocUnsafeSlow(LEAST);
  #at = 0;
  /** The day written last, and an instant of it as a field: most fall on the day of the one before. */
  #day = NaN;
  readonly #template = Buffer.alloc(INSTANT_BYTES, ',');

  /** Takes all lines out: it can be used again for others. */
  clear(): this {
    this.#at = 0;
    this.ends.length = 0;
    return this;
  }

  /** The lines that were ended. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Adds the field of an instant. */
  instant(instant: Instant): this {
    this.#makeRoom(INSTANT_BYTES);
    const seconds = Math.floor(instant / SECOND);
    const day = Math.floor(seconds / DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#template.write(formatInstant(instant), 'latin1');
    }
    const [bytes, at] = [this.#bytes, this.#at];
    for (let i = 0; i < INSTANT_BYTES; i++) bytes[at + i] = this.#template[i]!;
    const second = seconds - day * DAY;
    const minute = Math.floor(second / 60);
    const hour = Math.floor(minute / 60);
    twoDigits(bytes, at + 11, hour);
    twoDigits(bytes, at + 14, minute - 60 * hour);
    twoDigits(bytes, at + 17, second - 60 * minute);
    const micros = instant - seconds * SECOND;
    const tens = Math.floor(micros / 100);
    const hundreds = Math.floor(tens / 100);
    twoDigits(bytes, at + 20, hundreds);
    twoDigits(bytes, at + 22, tens - 100 * hundreds);
    twoDigits(bytes, at + 24, micros - 100 * tens);
    this.#at += INSTANT_BYTES;
    return this;
  }

  /** Adds the field of a text, in quotes if it needs them. */
  field(text: string): this {
    return this.written(formatField(text));
  }

  /** Adds a text as it is: a field, or several with their commas. */
  written(text: string): this {
    this.#makeRoom(UTF8_MOST * text.length + 1);
    const bytes = this.#bytes;
    let at = this.#at;
    let i = 0;
    for (const length = Math.min(text.length, SHORT); i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= NOT_ASCII) break;
      bytes[at++] = code;
    }
    if (i < text.length) at = this.#at + bytes.write(text, this.#at, 'utf8');
    bytes[at++] = COMMA;
    this.#at = at;
    return this;
  }

  /** Ends the line. */
  end(): void {
    this.#bytes[this.#at - 1] = LF;
    this.ends.push(this.#at);
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * (this.#at + bytes));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}

function twoDigits(bytes: Buffer, at: number, number: number): void {
  const tens = Math.floor(number / 10);
  bytes[at] = ZERO + tens;
  bytes[at + 1] = ZERO + number - 10 * tens;
}
