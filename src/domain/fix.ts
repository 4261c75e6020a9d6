import type { Columns } from './columns.js';
import { formatDuration } from './duration.js';
import { parseInstant, type Instant } from './instant.js';
import { shown } from './shown.js';

/** One position report of one device. */
export interface Fix {
  /** The device's id, exactly as written: `007` and `7` are two devices. */
  readonly device: string;
  /** When the server got it; the order of the stream. */
  readonly arrival: Instant;
  /** When the device says it took it. */
  readonly event: Instant;
  /** Degrees, WGS 84, as written; `Number(latitude)` is in [-90, 90]. */
  readonly latitude: string;
  /** Degrees, WGS 84, as written; `Number(longitude)` is in [-180, 180]. */
  readonly longitude: string;
  /** As written, in the recording's own unit: empty, or a number >= 0. */
  readonly speed: string;
  /** The fields of the extra columns, as written, in the order of the header. */
  readonly extra: readonly string[];
}

/** A row that is no fix, or whose device clock cannot be true. */
export interface Rejected {
  /** The line of the file, from 1, on which the row starts. */
  readonly line: number;
  /** What is wrong, naming the column and the value. */
  readonly reason: string;
  /** The row as it stands in the file, without its line end. */
  readonly record: string;
}

/** A row of a CSV file: its fields, and where and how it stands in the file. */
export interface Row {
  readonly fields: readonly string[];
  readonly line: number;
  readonly raw: string;
}

export interface ParseFixOptions {
  /** By how many milliseconds the event time may lie after the arrival time. Default: 24 hours. */
  readonly maxClockAhead?: number;
}

export const MAX_CLOCK_AHEAD = 24 * 3_600_000;
/** So many characters a latitude, a longitude or a speed may have: a double never needs more than 25. */
export const LONGEST_NUMBER = 64;

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const NO_FIELDS: readonly string[] = [];

/** Reads a row as a fix, or says why it is none. Never throws: a bad row is data. */
export function parseFix(row: Row, columns: Columns, { maxClockAhead = MAX_CLOCK_AHEAD }: ParseFixOptions = {}): Fix | Rejected {
  const { names, position, extra } = columns;
  const { fields } = row;
  if (fields.length !== columns.count)
    return reject(row, `${fields.length} ${fields.length === 1 ? 'column' : 'columns'} instead of ${columns.count}`);

  const device = fields[position.device]!;
  if (device === '') return reject(row, `${names.device} is empty`);
  const latitude = fields[position.latitude]!;
  const latitudeFault = faultOf(latitude, -90, 90, 'not a number from -90 to 90');
  if (latitudeFault) return reject(row, `${names.latitude} ${latitudeFault}`);
  const longitude = fields[position.longitude]!;
  const longitudeFault = faultOf(longitude, -180, 180, 'not a number from -180 to 180');
  if (longitudeFault) return reject(row, `${names.longitude} ${longitudeFault}`);
  const speed = fields[position.speed] ?? '';
  const speedFault = speed && faultOf(speed, 0, Number.MAX_VALUE, 'neither empty nor a number from 0 up');
  if (speedFault) return reject(row, `${names.speed} ${speedFault}`);
  const eventText = fields[position.event]!;
  const event = parseInstant(eventText);
  if (event === undefined) return reject(row, `${names.event} ${shown(eventText)} is not a time`);
  const arrivalText = fields[position.arrival]!;
  const arrival = parseInstant(arrivalText);
  if (arrival === undefined) return reject(row, `${names.arrival} ${shown(arrivalText)} is not a time`);
  if (event - arrival > maxClockAhead * 1000) {
    return reject(
      row,
      `${names.event} ${shown(eventText)} is more than ${formatDuration(maxClockAhead)} after ${names.arrival} ${shown(arrivalText)}`,
    );
  }
  return {
    device,
    arrival,
    event,
    latitude,
    longitude,
    speed,
    extra: extra.length === 0 ? NO_FIELDS : extra.map((column) => fields[column.position]!),
  };
}

/** Whether `parseFix` found a row to be no fix. */
export function isRejected(parsed: Fix | Rejected): parsed is Rejected {
  return 'reason' in parsed;
}

function reject({ line, raw }: Row, reason: string): Rejected {
  return { line, reason, record: raw };
}

/** The text of a number and what is wrong with it, if anything is. */
function faultOf(text: string, least: number, most: number, otherwise: string): string | undefined {
  if (text.length > LONGEST_NUMBER) return `${shown(text)} is longer than ${LONGEST_NUMBER} characters`;
  const number = Number(text);
  return number >= least && number <= most && NUMBER.test(text) ? undefined : `${shown(text)} is ${otherwise}`;
}
