import type { Columns } from '../domain/columns.js';
import { LONGEST_NUMBER } from '../domain/fix.js';
import { parseInstant } from '../domain/instant.js';
import { nextHash, type DeviceIds } from './DeviceIds.js';
import type { FixTable } from './FixTable.js';

const [LF, CR, QUOTE, COMMA, MINUS, POINT, COLON] = [10, 13, 34, 44, 45, 46, 58] as const;
const [SPACE, LETTER_T, LETTER_Z, ZERO] = [32, 84, 90, 48] as const;
const NO = -1;
/** Of the days after it, not every microsecond is an instant. */
const LAST_WHOLE_DAY = Number.MAX_SAFE_INTEGER - 86_400_000_000;

/** What stands in a column. */
const [DEVICE, LATITUDE, LONGITUDE, EVENT, ARRIVAL, SPEED, FURTHER] = [0, 1, 2, 3, 4, 5, 6] as const;

/**
 * Reads the usual lines of a recording byte by byte, without making texts of them: those of the right number of
 * fields, none of them in quotes, with numbers like `-12.5` and times like `2021-10-23T12:30:03.385959Z`.
 *
 * It decides nothing: a line that it knows not for sure to be a fix is left to csv-parse and `parseFix`, which
 * say what it is. What it takes is what they would have made of it.
 */
export class PlainScanner {
  readonly #columns: Uint8Array;
  /** The columns whose bytes are kept, in the order of the log. */
  readonly #kept: readonly number[];
  readonly #mostAhead: number;
  readonly #devices: DeviceIds;
  /** Where the fields of the line stand. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #instant = 0;
  /** The last day that was read, as the number yyyymmdd, and when it began; -1 for none. */
  #date = -1;
  #day = 0;

  /** @param maxClockAhead in ms */
  constructor({ position, further, count }: Columns, maxClockAhead: number, devices: DeviceIds) {
    this.#columns = new Uint8Array(count).fill(FURTHER);
    const parts = { device: DEVICE, latitude: LATITUDE, longitude: LONGITUDE, event: EVENT, arrival: ARRIVAL, speed: SPEED };
    for (const [part, kind] of Object.entries(parts)) {
      const column = position[part as keyof typeof parts];
      if (column >= 0) this.#columns[column] = kind;
    }
    this.#kept = [position.latitude, position.longitude, position.speed, ...further.map(({ position }) => position)];
    this.#mostAhead = maxClockAhead * 1000;
    this.#devices = devices;
    this.#from = new Int32Array(count);
    this.#to = new Int32Array(count);
  }

  /**
   * Takes the lines that start from a place on, up to one that it does not take, into a table that has room for
   * all of them. Gives the place where that one starts, or the end of the bytes.
   */
  scan(bytes: Buffer, at: number, end: number, table: FixTable): number {
    while (at < end) {
      const next = this.#line(bytes, at, table);
      if (next === NO) return at;
      at = next;
    }
    return at;
  }

  #line(bytes: Buffer, start: number, table: FixTable): number {
    const last = this.#columns.length - 1;
    let at = start;
    let [deviceColumn, hash, event, arrival] = [0, 0, 0, 0];
    for (let column = 0; column <= last; column++) {
      this.#from[column] = at;
      switch (this.#columns[column]!) {
        case DEVICE: {
          for (let byte = bytes[at]!; byte !== COMMA && byte !== LF; byte = bytes[++at]!) {
            if (byte === QUOTE || byte === CR) return NO;
            hash = nextHash(hash, byte);
          }
          if (at === this.#from[column]) return NO;
          deviceColumn = column;
          break;
        }
        case LATITUDE:
          at = number(bytes, at, 90);
          break;
        case LONGITUDE:
          at = number(bytes, at, 180);
          break;
        case SPEED:
          if (bytes[at] === MINUS) return NO;
          if (bytes[at] !== COMMA && bytes[at] !== CR && bytes[at] !== LF) at = number(bytes, at, 1000);
          break;
        case EVENT:
          at = this.#time(bytes, at);
          event = this.#instant;
          break;
        case ARRIVAL:
          at = this.#time(bytes, at);
          arrival = this.#instant;
          break;
        default:
          for (let byte = bytes[at]!; byte !== COMMA && byte !== CR && byte !== LF; byte = bytes[++at]!) if (byte === QUOTE) return NO;
      }
      if (at === NO) return NO;
      this.#to[column] = at;
      if (column < last && bytes[at++] !== COMMA) return NO;
    }
    if (bytes[at] === CR) at++;
    if (bytes[at++] !== LF || event - arrival > this.#mostAhead) return NO;
    const device = this.#devices.numberOf(bytes, this.#from[deviceColumn]!, this.#to[deviceColumn]!, hash); // only now, so that no other ids are kept
    table.take(device, arrival, event, this.#keep(bytes, table));
    return at;
  }

  /** Puts what is kept of the line at the end of the text; gives the end of it then. */
  #keep(bytes: Buffer, table: FixTable): number {
    const { text } = table.columns;
    let { end } = table;
    for (let i = 0; i < this.#kept.length; i++) {
      if (i > 0) text[end++] = COMMA;
      const column = this.#kept[i]!;
      if (column < 0) continue;
      const to = this.#to[column]!;
      for (let at = this.#from[column]!; at < to; at++) text[end++] = bytes[at]!;
    }
    return end;
  }

  /** Reads a time; gives where it ends. */
  #time(bytes: Buffer, at: number): number {
    if (at + 20 > bytes.length) return NO;
    const date = digits(bytes, at, 4) * 10_000 + digits(bytes, at + 5, 2) * 100 + digits(bytes, at + 8, 2);
    if (date !== this.#date && !this.#begin(date, bytes, at)) return NO;
    const hour = digits(bytes, at + 11, 2);
    const minute = digits(bytes, at + 14, 2);
    const second = digits(bytes, at + 17, 2);
    if (!(hour < 24 && minute < 60 && second < 60)) return NO;
    if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS || bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return NO;
    if (bytes[at + 10] !== LETTER_T && bytes[at + 10] !== SPACE) return NO;
    at += 19;
    let micros = 0;
    if (bytes[at] === POINT) {
      const from = ++at;
      for (let unit = 100_000; isDigit(bytes[at]!); at++) {
        micros += unit * (bytes[at]! - ZERO);
        unit = unit === 1 ? 0 : unit / 10;
      }
      if (at === from || at > from + 9) return NO;
    }
    if (bytes[at] === LETTER_Z) at++;
    this.#instant = this.#day + (hour * 3600 + minute * 60 + second) * 1_000_000 + micros;
    return at;
  }

  /** Finds when a day begins; whether it does, and all of it can be told in instants. */
  #begin(date: number, bytes: Buffer, at: number): boolean {
    const day = parseInstant(`${bytes.toString('latin1', at, at + 10)}T00:00`);
    if (day === undefined || day > LAST_WHOLE_DAY) return false;
    this.#date = date;
    this.#day = day;
    return true;
  }
}

/** Where a number like -12.5 ends, whose whole part is less than `least`. */
function number(bytes: Buffer, at: number, least: number): number {
  const start = at;
  if (bytes[at] === MINUS) at++;
  let whole = 0;
  const from = at;
  for (; isDigit(bytes[at]!); at++) whole = whole * 10 + bytes[at]! - ZERO;
  if (at === from || at > from + 4 || whole >= least) return NO;
  if (bytes[at] !== POINT) return at;
  for (at++; isDigit(bytes[at]!); ) at++;
  return at > start + LONGEST_NUMBER ? NO : at;
}

/** The number that digits spell, or one that is too large if they are none. */
function digits(bytes: Buffer, at: number, count: 2 | 4): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    if (!isDigit(bytes[i]!)) return 100_000_000;
    value = value * 10 + bytes[i]! - ZERO;
  }
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}
