import { BEYOND, type Bytes } from '../../csv/copyBytes.js';
import { isEdgedByBlank } from '../../csv/isEdgedByBlank.js';
import type { Columns } from '../../domain/columns.js';
import { nextHash, type DeviceIds } from '../../domain/DeviceIds.js';
import type { ParseFixOptions } from '../../domain/fix.js';
import type { Noticed } from '../../domain/Noticed.js';
import { PLAIN, SKIPPED } from '../../domain/times/Zone.js';
import { after, HEAD, UNIT, type FixRecords } from '../FixRecords.js';
import { isNoSpeed } from './isNoSpeed.js';
import { KeptText, type Fields } from './KeptText.js';
import { numberEnd } from './numberEnd.js';
import { scannerOf } from './scannerOf.js';
import { textEnd } from './textEnd.js';
import { NO, TIME_BYTES, type TimeScanner } from './TimeScanner.js';
import { wholeAt } from './wholeAt.js';

const [LF, CR, QUOTE, COMMA, MINUS, POINT] = [10, 13, 34, 44, 45, 46] as const;

/** What stands in a column. */
const [DEVICE, LATITUDE, LONGITUDE, EVENT, ARRIVAL, SPEED, EXTRA] = [0, 1, 2, 3, 4, 5, 6] as const;

/** What a record has beside its text, at most, and what may be touched behind it. */
const BESIDE_TEXT = HEAD + 2 * UNIT;

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
  readonly #kept: KeptText;
  readonly #isReader: boolean;
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
  /** Of the line that is read. */
  readonly #fields: Fields;
  /** Whether its speed is not known. */
  #isUnknown = false;
  /** The hash of its device's id. */
  #hash = 0;

  /** @param reading the options with which `parseFix` reads the lines that are left, all of them given */
  constructor(columns: Columns, delimiter: string, reading: PlainReading, devices: DeviceIds) {
    const { position, count, where = [] } = columns;
    this.#kinds = new Uint8Array(count).fill(EXTRA);
    const parts = { device: DEVICE, latitude: LATITUDE, longitude: LONGITUDE, event: EVENT, arrival: ARRIVAL, speed: SPEED };
    const read = Object.entries(parts).map(([part, kind]) => [position[part as keyof typeof parts], kind] as const);
    const own = read.filter(([column]) => column >= 0);
    for (const [column, kind] of own) this.#kinds[column] = kind;
    const isOnePartAColumn = new Set(own.map(([column]) => column)).size === own.length && Object.keys(columns.joined).length === 0;
    this.#isReader = isOnePartAColumn;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#decimal = reading.decimalComma && this.#delimiter !== COMMA ? COMMA : POINT;
    this.#speedColumn = position.speed;
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
    this.#fields = { from: new Int32Array(count), to: new Int32Array(count) };
    this.#kept = new KeptText(columns, this.#delimiter, this.#fields);
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
    const { from, to } = this.#fields;
    const last = this.#kinds.length - 1;
    let at = start;
    for (let column = 0; column <= last; column++) {
      from[column] = at;
      at = this.#field(source, at, this.#kinds[column]!);
      if (at === NO) return NO;
      to[column] = at;
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
    const length = this.#kept.write(source, records.views, records.end + HEAD, this.#isUnknown);
    records.take(this.#numberOf(bytes), arrival, event, length);
    return at;
  }

  #isWanted(bytes: Buffer): boolean {
    return this.#conditions.every(({ position, values }) => {
      const [from, to] = [this.#fields.from[position]!, this.#fields.to[position]!];
      return values.some((value) => bytes.compare(value, 0, value.length, from, to) === 0);
    });
  }

  #notice(bytes: Buffer): void {
    const events = this.#events;
    const arrivals = this.#arrivals;
    const noticed = this.#noticed;
    if (this.#isUnknown) {
      noticed.unknownSpeeds++;
      const { from, to } = this.#fields;
      noticed.firstUnknownSpeed ??= bytes.toString('utf8', from[this.#speedColumn], to[this.#speedColumn]);
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
    const { from, to } = this.#fields;
    return this.#devices.numberOf(bytes, from[this.#deviceColumn]!, to[this.#deviceColumn]!, this.#hash);
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
    const maxBytes = lineBytes + BESIDE_TEXT + this.#kept.maxGrowth;
    if (records.rows < records.arrival.length && records.end + maxBytes <= records.views.bytes.length) return;
    records.makeRoom(1, after(0, this.#kept.maxLength(source)));
  }
}
