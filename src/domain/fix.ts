import type { Columns, Part } from './columns.js';
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

/** Reads a time as an instant; `undefined` if it is none. `zone` is what the column of zones says, if there is one. */
export type ReadTime = (text: string, zone?: string) => Instant | undefined;

export interface ParseFixOptions {
  /** By how many milliseconds the event time may lie after the arrival time. Default: 24 hours. */
  readonly maxClockAhead?: number;
  /** How the times of each clock are read. Default: `parseInstant`, for both. */
  readonly times?: Readonly<Record<'event' | 'arrival', ReadTime>>;
  /** Whether a comma in a latitude, a longitude or a speed is a decimal point, as which it is kept. Default: false. */
  readonly decimalComma?: boolean;
  /** Numbers that stand for an unknown speed, which is kept as an empty one. Default: none. */
  readonly unknownSpeeds?: readonly number[];
}

export const MAX_CLOCK_AHEAD = 24 * 3_600_000;
/** So many characters a latitude, a longitude or a speed may have: a double never needs more than 25. */
export const LONGEST_NUMBER = 64;

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const NO_FIELDS: readonly string[] = [];
const INSTANTS = { event: parseInstant, arrival: parseInstant };

/** Reads a row as a fix, or says why it is none. Never throws: a bad row is data. */
export function parseFix(row: Row, columns: Columns, options: ParseFixOptions = {}): Fix | Rejected {
  const { maxClockAhead = MAX_CLOCK_AHEAD, times = INSTANTS, decimalComma = false, unknownSpeeds } = options;
  const { names, position, extra } = columns;
  const { fields } = row;
  if (fields.length !== columns.count)
    return reject(row, `${fields.length} ${fields.length === 1 ? 'column' : 'columns'} instead of ${columns.count}`);

  const textOf = (part: Part | 'zone') => columns.joined[part]?.map((at) => fields[at]!).join(' ') ?? fields[position[part]] ?? '';
  const numberOf = (part: Part) => (decimalComma ? textOf(part).replace(',', '.') : textOf(part));
  const zone = position.zone < 0 ? undefined : textOf('zone');
  const device = columns.device ?? textOf('device');
  if (device === '') return reject(row, `${names.device} is empty`);
  const latitude = numberOf('latitude');
  const latitudeFault = faultOf(latitude, -90, 90, 'not a number from -90 to 90');
  if (latitudeFault) return reject(row, `${names.latitude} ${latitudeFault}`);
  const longitude = numberOf('longitude');
  const longitudeFault = faultOf(longitude, -180, 180, 'not a number from -180 to 180');
  if (longitudeFault) return reject(row, `${names.longitude} ${longitudeFault}`);
  const written = numberOf('speed');
  const speed = unknownSpeeds?.includes(Number(written)) ? '' : written;
  const speedFault = speed && faultOf(speed, 0, Number.MAX_VALUE, 'neither empty nor a number from 0 up');
  if (speedFault) return reject(row, `${names.speed} ${speedFault}`);
  const eventText = textOf('event');
  const event = times.event(eventText, zone);
  if (event === undefined) return reject(row, `${names.event} ${shown(eventText)} is not a time`);
  const oneClock = position.arrival < 0;
  const arrivalText = oneClock ? eventText : textOf('arrival');
  const arrival = oneClock ? event : times.arrival(arrivalText, zone);
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
