import type { Columns, Part } from './columns.js';
import { conditionFault } from './conditionFault.js';
import { formatDuration } from './duration.js';
import type { Instant } from './instant.js';
import { isNumber, LONGEST_NUMBER } from './isNumber.js';
import type { Noticed } from './Noticed.js';
import { shown } from './shown.js';
import { signed } from './signed.js';
import type { TimeReader, TimeRead } from './times/TimeReader.js';
import { instantTimes } from './times/instantTimes.js';
import { REPEATED, SKIPPED } from './times/Zone.js';

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

/** A row that is not a fix, or whose device clock cannot be true. */
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
  readonly maxClockAhead?: number | undefined;
  /** By how many it may lie before it. Default: any. */
  readonly maxClockBehind?: number | undefined;
  /** How the times are read. Default: by `instantTimes`, both. */
  readonly times?: Readonly<Record<'event' | 'arrival', TimeReader>> | undefined;
  /** Whether a comma in a latitude, a longitude or a speed is a decimal point, as which it is kept. Default: false. */
  readonly decimalComma?: boolean | undefined;
  /** Numbers that stand for an unknown speed, which is kept as an empty one. Default: none. */
  readonly unknownSpeeds?: readonly number[] | undefined;
  /** Counts what is to be told of fixes. */
  readonly noticed?: Noticed | undefined;
}

export const MAX_CLOCK_AHEAD = 24 * 3_600_000;
/** Behind a number, it says nothing that the column does not. */
const DEGREE_SIGN = /\s?°(?=$| [NESW]$)/i;
const NO_FIELDS: readonly string[] = [];
const INSTANTS = { event: instantTimes, arrival: instantTimes };

/** Reads a row as a fix, or says why it is not one. Never throws: a bad row is data. */
export function parseFix(row: Row, columns: Columns, options: ParseFixOptions = {}): Fix | Rejected {
  const { maxClockAhead = MAX_CLOCK_AHEAD, maxClockBehind = Infinity, times = INSTANTS, decimalComma = false, noticed } = options;
  const { names, position, extra } = columns;
  const { fields } = row;
  if (fields.length < columns.minCount || (fields.length > columns.count && fields.slice(columns.count).some((field) => field !== '')))
    return reject(row, `${fields.length} ${fields.length === 1 ? 'column' : 'columns'} instead of ${columns.count}`);

  for (const condition of columns.where ?? []) {
    const fault = conditionFault(condition, fields[condition.position] ?? '');
    if (fault !== undefined) return reject(row, fault);
  }
  const textOf = (part: Part | 'zone') => columns.joined[part]?.map((at) => fields[at]!).join(' ') ?? fields[position[part]] ?? '';
  const numberOf = (part: Part) => (decimalComma ? textOf(part).replace(',', '.') : textOf(part));
  const degreesOf = (part: 'latitude' | 'longitude') => numberOf(part).replace(DEGREE_SIGN, '');
  const device = columns.device ?? textOf('device');
  if (device === '') return reject(row, `${names.device} is empty`);
  const latitude = columns.joined.latitude ? signed(degreesOf('latitude'), 'NS') : degreesOf('latitude');
  if (!isNumber(latitude, -90, 90)) {
    if (noticed && isNumber(latitude, -180, 180) && isNumber(degreesOf('longitude'), -90, 90)) noticed.exchanged++;
    return reject(row, `${names.latitude} ${faultOf(latitude, 90)}`);
  }
  const longitude = columns.joined.longitude ? signed(degreesOf('longitude'), 'EW') : degreesOf('longitude');
  if (!isNumber(longitude, -180, 180)) return reject(row, `${names.longitude} ${faultOf(longitude, 180)}`);

  const zone = position.zone < 0 ? '' : textOf('zone');
  const eventText = textOf('event');
  const event = times.event.read(eventText, zone);
  if (!event) return reject(row, `${names.event} ${times.event.fault(eventText, zone)}`);
  const isOneClock = position.arrival < 0;
  const arrivalText = isOneClock ? eventText : textOf('arrival');
  const arrival = isOneClock ? event : times.arrival.read(arrivalText, zone);
  if (!arrival) return reject(row, `${names.arrival} ${times.arrival.fault(arrivalText, zone)}`);
  const ahead = (event.instant - arrival.instant) / 1000;
  if (ahead > maxClockAhead || -ahead > maxClockBehind) {
    const by = ahead > 0 ? `${formatDuration(maxClockAhead)} after` : `${formatDuration(maxClockBehind)} before`;
    return reject(row, `${names.event} ${shown(eventText)} is more than ${by} ${names.arrival} ${shown(arrivalText)}`);
  }
  const written = numberOf('speed');
  const isSpeed = isNumber(written, 0, Number.MAX_VALUE) && !options.unknownSpeeds?.includes(Number(written));
  if (noticed) notice(noticed, event, isOneClock ? undefined : arrival, isSpeed ? '' : written);
  return {
    device,
    arrival: arrival.instant,
    event: event.instant,
    latitude,
    longitude,
    speed: isSpeed ? written : '',
    extra: extra.length === 0 ? NO_FIELDS : extra.map((column) => fields[column.position] ?? ''),
  };
}

function notice(noticed: Noticed, event: TimeRead, arrival: TimeRead | undefined, unknownSpeed: string): void {
  if (unknownSpeed !== '') {
    noticed.unknownSpeeds++;
    noticed.firstUnknownSpeed ??= unknownSpeed;
  }
  if (event.isZoneless) noticed.zoneless.event++;
  if (arrival?.isZoneless) noticed.zoneless.arrival++;
  noticed.skipped += count(event, SKIPPED) + count(arrival, SKIPPED);
  noticed.repeated += count(event, REPEATED) + count(arrival, REPEATED);
}

function count(time: TimeRead | undefined, kind: TimeRead['kind']): number {
  return time?.kind === kind ? 1 : 0;
}

/** Whether `parseFix` found a row to be no fix. */
export function isRejected(parsed: Fix | Rejected): parsed is Rejected {
  return 'reason' in parsed;
}

function reject({ line, raw }: Row, reason: string): Rejected {
  return { line, reason, record: raw };
}

/** What is wrong with the text of a number that must lie from `-max` to `max`. */
function faultOf(text: string, max: number): string {
  return text.length > LONGEST_NUMBER
    ? `${shown(text)} is longer than ${LONGEST_NUMBER} characters`
    : `${shown(text)} is not a number from -${max} to ${max}`;
}
