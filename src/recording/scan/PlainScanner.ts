import { BEYOND, copyBytes, type Bytes } from '../../csv/copyBytes.js';
import { isEdgedByBlank } from '../../csv/isEdgedByBlank.js';
import type { Columns } from '../../domain/columns.js';
import { nextHash, type DeviceIds } from '../../domain/DeviceIds.js';
import type { ParseFixOptions } from '../../domain/fix.js';
import { LONGEST_NUMBER } from '../../domain/isNumber.js';
import type { Noticed } from '../../domain/Noticed.js';
import { PLAIN, SKIPPED } from '../../domain/times/Zone.js';
import { after, HEAD, UNIT, type FixRecords } from '../FixRecords.js';
import { scannerOf } from './scannerOf.js';
import { NO, TIME_BYTES, type TimeScanner } from './TimeScanner.js';

const [LF, CR, QUOTE, COMMA, MINUS, POINT, ZERO, BACKSLASH, SMALL_A, SMALL_Z] = [10, 13, 34, 44, 45, 46, 48, 92, 97, 122] as const;

/** What stands in a column. */
const [DEVICE, LATITUDE, LONGITUDE, EVENT, ARRIVAL, SPEED, EXTRA] = [0, 1, 2, 3, 4, 5, 6] as const;

/** What a record has beside its text, at most, and what may be touched behind it. */
const BESIDE_TEXT = HEAD + 2 * UNIT;

/** Columns that stand side by side in the recording as well as in the log; none, if there is no column. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** With which options `parseFix` reads lines: those that bear on which are taken. */
export type PlainReading = Required<{
  readonly [K in 'maxClockAhead' | 'maxClockBehind' | 'times' | 'noticed' | 'decimalComma' | 'unknownSpeeds']: NonNullable<
    ParseFixOptions[K]
  >;
}>;

/**
 * Reads the usual lines of a recording byte by byte, without making texts of them: those of the right number of
 * fields, none of them in quotes or beside blanks, with numbers like `-12.5` and times like `2021-10-23T12:30:03.385959Z`.
 * Of columns of which several make a part it reads none.
 *
 * It decides nothing: a line that it knows not for sure to be a fix is left to csv-parse and `parseFix`, which
 * say what it is. What it takes is what they would have made of it.
 */
export class PlainScanner {
  readonly #kinds: Uint8Array;
  /** The columns whose bytes are kept, in the order of the log. */
  readonly #kept: readonly Stretch[];
  /** The same of a line whose speed is not known. */
  readonly #keptWithoutSpeed: readonly Stretch[];
  readonly #isReader: boolean;
  /** By how many bytes a record may be longer than its line. */
  readonly #maxGrowth: number;
  readonly #delimiter: number;
  readonly #decimal: number;
  readonly #deviceColumn: number;
  readonly #speedColumn: number;
  /** The device of all lines, and its number, once there is a line. */
  readonly #device: string | undefined;
  #deviceNumber = NO;
  readonly #oneClock: boolean;
  /** By how many microseconds an event may be after its arrival, and before it. */
  readonly #maxAhead: number;
  readonly #maxBehind: number;
  /** The whole parts of speeds that stand for unknown ones. */
  readonly #unknown: readonly number[];
  readonly #devices: DeviceIds;
  readonly #events: TimeScanner;
  readonly #arrivals: TimeScanner;
  readonly #noticed: Noticed;
  /** Whether a column of its own says the zone of times that name none. */
  readonly #hasZones: boolean;
  readonly #conditions: readonly { readonly position: number; readonly values: readonly Buffer[] }[];
  /** Where the fields of the line stand. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** Whether its speed is not known. */
  #isUnknown = false;
  /** The hash of its device's id. */
  #hash = 0;

  /** @param reading the options with which `parseFix` reads the lines that are left, all of them given */
  constructor(columns: Columns, delimiter: string, reading: PlainReading, devices: DeviceIds) {
    const { position, extra, count, where = [] } = columns;
    this.#kinds = new Uint8Array(count).fill(EXTRA);
    const parts = { device: DEVICE, latitude: LATITUDE, longitude: LONGITUDE, event: EVENT, arrival: ARRIVAL, speed: SPEED };
    const read = Object.entries(parts).map(([part, kind]) => [position[part as keyof typeof parts], kind] as const);
    const own = read.filter(([column]) => column >= 0);
    for (const [column, kind] of own) this.#kinds[column] = kind;
    const isOnePartAColumn = new Set(own.map(([column]) => column)).size === own.length && Object.keys(columns.joined).length === 0;
    this.#isReader = isOnePartAColumn;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#decimal = reading.decimalComma && this.#delimiter !== COMMA ? COMMA : POINT;
    const keeping = (speed: number) => {
      const kept = [position.latitude, position.longitude, speed, ...extra.map(({ position }) => position)];
      return this.#delimiter === COMMA ? stretchesOf(kept) : kept.map((column) => ({ first: column, last: column }));
    };
    this.#kept = keeping(position.speed);
    this.#keptWithoutSpeed = keeping(NO);
    this.#speedColumn = position.speed;
    this.#maxGrowth = BESIDE_TEXT + 3 * this.#keptWithoutSpeed.length + 3 * extra.length;
    this.#deviceColumn = position.device;
    this.#device = columns.device;
    this.#oneClock = position.arrival < 0;
    this.#maxAhead = reading.maxClockAhead * 1000;
    this.#maxBehind = reading.maxClockBehind * 1000;
    this.#events = scannerOf(reading.times.event);
    this.#arrivals = scannerOf(reading.times.arrival);
    this.#noticed = reading.noticed;
    this.#hasZones = position.zone >= 0;
    this.#conditions = where.map(({ position, values }) => ({ position, values: values.map((value) => Buffer.from(value)) }));
    this.#unknown = reading.unknownSpeeds.map(Math.floor);
    this.#devices = devices;
    this.#from = new Int32Array(count);
    this.#to = new Int32Array(count);
  }

  /**
   * Takes the lines that start from a place on, up to one that it does not take, into records. Gives the place where that
   * one starts, or the end of the bytes. The last line of a block is left, since a few bytes are read beyond fields.
   */
  scan(source: Bytes, at: number, end: number, records: FixRecords): number {
    while (this.#isReader && at < end) {
      const next = this.#line(source, at, records);
      if (next === NO) return at;
      at = next;
    }
    return at;
  }

  #line(source: Bytes, start: number, records: FixRecords): number {
    const { bytes } = source;
    const last = this.#kinds.length - 1;
    let at = start;
    for (let column = 0; column <= last; column++) {
      this.#from[column] = at;
      at = this.#field(source, at, this.#kinds[column]!);
      if (at === NO) return NO;
      this.#to[column] = at;
      if (column < last && bytes[at++] !== this.#delimiter) return NO;
    }
    if (bytes[at] === CR) at++;
    const event = this.#events.instant;
    const arrival = this.#oneClock ? event : this.#arrivals.instant;
    const ahead = event - arrival;
    if (bytes[at++] !== LF || at + BEYOND > bytes.length || ahead > this.#maxAhead || -ahead > this.#maxBehind) return NO;
    if (this.#hasZones && (this.#events.isZoneless || this.#arrivals.isZoneless)) return NO;
    if (this.#conditions.length > 0 && !this.#isWanted(bytes)) return NO;
    this.#notice(bytes);
    this.#makeRoom(source, at - start, records);
    records.take(this.#numberOf(bytes), arrival, event, this.#keep(source, records));
    return at;
  }

  #isWanted(bytes: Buffer): boolean {
    return this.#conditions.every(({ position, values }) => {
      const [from, to] = [this.#from[position]!, this.#to[position]!];
      return values.some((value) => bytes.compare(value, 0, value.length, from, to) === 0);
    });
  }

  #notice(bytes: Buffer): void {
    const events = this.#events;
    const arrivals = this.#arrivals;
    const noticed = this.#noticed;
    if (this.#isUnknown) {
      noticed.unknownSpeeds++;
      noticed.firstUnknownSpeed ??= bytes.toString('utf8', this.#from[this.#speedColumn], this.#to[this.#speedColumn]);
    }
    if (events.isZoneless) noticed.zoneless.event++;
    if (arrivals.isZoneless) noticed.zoneless.arrival++;
    if (events.kind !== PLAIN) noticed[events.kind === SKIPPED ? 'skipped' : 'repeated']++;
    if (arrivals.kind !== PLAIN) noticed[arrivals.kind === SKIPPED ? 'skipped' : 'repeated']++;
  }

  /** The number of the line's device: asked for only when the line is taken, so that no other ids are kept. */
  #numberOf(bytes: Buffer): number {
    if (this.#device !== undefined)
      return this.#deviceNumber < 0 ? (this.#deviceNumber = this.#devices.numberOfText(this.#device)) : this.#deviceNumber;
    return this.#devices.numberOf(bytes, this.#from[this.#deviceColumn]!, this.#to[this.#deviceColumn]!, this.#hash);
  }

  /** Reads a field; gives where it ends. */
  #field(source: Bytes, at: number, kind: number): number {
    switch (kind) {
      case DEVICE:
        return this.#id(source.bytes, at);
      case LATITUDE:
        return numberEnd(source.bytes, at, 90, this.#decimal);
      case LONGITUDE:
        return numberEnd(source.bytes, at, 180, this.#decimal);
      case SPEED:
        return this.#speed(source.bytes, at);
      case EVENT:
        return at + TIME_BYTES > source.bytes.length ? NO : this.#events.scan(source, at);
      case ARRIVAL:
        return at + TIME_BYTES > source.bytes.length ? NO : this.#arrivals.scan(source, at);
      default:
        return textEnd(source.bytes, at, this.#delimiter);
    }
  }

  #id(bytes: Buffer, start: number): number {
    let at = start;
    let hash = 0;
    const delimiter = this.#delimiter;
    for (let byte = bytes[at]!; byte !== delimiter && byte !== LF; byte = bytes[++at]!) {
      if (byte === QUOTE || byte === CR) return NO;
      hash = nextHash(hash, byte);
    }
    if (at === start || isEdgedByBlank(bytes, start, at)) return NO;
    this.#hash = hash;
    return at;
  }

  /** Where a speed ends: a number from 0 up, nothing, or what is plainly neither. */
  #speed(bytes: Buffer, start: number): number {
    const byte = bytes[start]!;
    this.#isUnknown = isNoSpeed(bytes, start, this.#delimiter);
    if (this.#isUnknown) return textEnd(bytes, start, this.#delimiter);
    if (byte === MINUS) return NO;
    if (byte === this.#delimiter || byte === CR || byte === LF) return start;
    if (this.#unknown.length > 0 && this.#unknown.includes(wholeAt(bytes, start))) return NO;
    return numberEnd(bytes, start, 1000, this.#decimal);
  }

  /** Makes room for the record of the line: how long it will be is counted only if there may be none. */
  #makeRoom(source: Bytes, lineBytes: number, records: FixRecords): void {
    if (records.rows < records.arrival.length && records.end + lineBytes + this.#maxGrowth <= records.views.bytes.length) return;
    let length = this.#kept.length - 1;
    for (const { first, last } of this.#kept) {
      if (first < 0) continue;
      length += this.#to[last]! - this.#from[first]!;
      if (this.#delimiter !== COMMA && this.#kinds[first] === EXTRA && this.#hasComma(source, first)) length += 2;
    }
    records.makeRoom(1, after(0, length));
  }

  /** Puts what is kept of the line where the text of the next record belongs; gives how many bytes that is. */
  #keep(source: Bytes, { views: target, end }: FixRecords): number {
    const kept = this.#isUnknown ? this.#keptWithoutSpeed : this.#kept;
    const isComma = this.#delimiter === COMMA;
    const start = end + HEAD;
    let at = start;
    for (let i = 0; i < kept.length; i++) {
      const { first, last } = kept[i]!;
      if (i > 0) target.bytes[at++] = COMMA;
      if (first < 0) continue;
      if (isComma) at = copyBytes(source, this.#from[first]!, this.#to[last]!, target, at);
      else at = this.#keepField(source, first, target, at);
    }
    return at - start;
  }

  /** Puts one field of a line that no commas separate: a decimal comma as a point, and a text with a comma in quotes. */
  #keepField(source: Bytes, column: number, target: Bytes, start: number): number {
    const [from, to] = [this.#from[column]!, this.#to[column]!];
    if (this.#kinds[column] === EXTRA && this.#hasComma(source, column)) {
      target.bytes[start] = QUOTE;
      const end = copyBytes(source, from, to, target, start + 1);
      target.bytes[end] = QUOTE;
      return end + 1;
    }
    const end = copyBytes(source, from, to, target, start);
    if (this.#kinds[column] !== EXTRA) for (let at = start; at < end; at++) if (target.bytes[at] === COMMA) target.bytes[at] = POINT;
    return end;
  }

  #hasComma({ bytes }: Bytes, column: number): boolean {
    for (let at = this.#from[column]!; at < this.#to[column]!; at++) if (bytes[at] === COMMA) return true;
    return false;
  }
}

function stretchesOf(columns: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const column of columns) {
    const before = stretches.at(-1);
    if (before && before.first >= 0 && column === before.last + 1) stretches[stretches.length - 1] = { first: before.first, last: column };
    else stretches.push({ first: column, last: column });
  }
  return stretches;
}

/** Where a number like -12.5 ends, whose whole part is less than `min`. */
function numberEnd(bytes: Buffer, start: number, min: number, decimal: number): number {
  let at = start;
  if (bytes[at] === MINUS) at++;
  let whole = 0;
  const from = at;
  for (; isDigit(bytes[at]!); at++) whole = whole * 10 + bytes[at]! - ZERO;
  if (at === from || at > from + 4 || whole >= min) return NO;
  if (bytes[at] !== POINT && bytes[at] !== decimal) return at;
  for (at++; isDigit(bytes[at]!); ) at++;
  return at > start + LONGEST_NUMBER ? NO : at;
}

/** The number that the first digits from a place on spell. */
function wholeAt(bytes: Buffer, start: number): number {
  let whole = 0;
  for (let at = start; isDigit(bytes[at]!); at++) whole = whole * 10 + bytes[at]! - ZERO;
  return whole;
}

/** Whether a field is no number from 0 up, as far as that is plain: less than 0, or something that begins with a letter or a backslash. */
function isNoSpeed(bytes: Buffer, start: number, delimiter: number): boolean {
  const first = bytes[start]! | 0x20; // in small letters
  if (bytes[start] !== MINUS) return (first >= SMALL_A && first <= SMALL_Z) || bytes[start] === BACKSLASH;
  let isZero = true;
  let at = start + 1;
  for (; isDigit(bytes[at]!) || bytes[at] === POINT; at++) isZero &&= bytes[at] === ZERO || bytes[at] === POINT;
  return !isZero && (bytes[at] === delimiter || bytes[at] === CR || bytes[at] === LF);
}

/** Where a field ends that may hold anything. */
function textEnd(bytes: Buffer, start: number, delimiter: number): number {
  let at = start;
  for (let byte = bytes[at]!; byte !== delimiter && byte !== CR && byte !== LF; byte = bytes[++at]!) if (byte === QUOTE) return NO;
  return at > start && isEdgedByBlank(bytes, start, at) ? NO : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}
