import { formatDuration } from '../domain/duration.js';
import { MAX_CLOCK_AHEAD } from '../domain/fix.js';
import { type Instant, parseInstant } from '../domain/instant.js';
import { isNumber, LONGEST_NUMBER } from '../domain/isNumber.js';
import { PLACES } from '../domain/PLACES.js';
import { shown } from '../domain/shown.js';
import { jsonFields } from '../recording/formats/jsonFields.js';
import { nameOfKey } from './furtherKey.js';
import type { FixLine, RejectedLine, TickLine } from './Line.js';
import { put } from './put.js';
import type { StreamFix } from './StreamFix.js';

/** What a line says that is told apart by its keys. */
type Said = FixLine | TickLine | Omit<RejectedLine, 'record'> | RejectedLine;

const WHOLE = /^\d{1,15}$/;
const OWN = new Set(['time', 'device_id', 'lat', 'lon', 'speed', 'event_time']);

/**
 * Reads a line of JSON, of whoever has written it: a fix, a tick, or a row that is not a fix. What cannot be read is said in
 * the reason, with the key and the value. Values within objects and lists are columns as in a recording of JSON Lines.
 *
 * @param stored when the stream got the message: the arrival of a fix that has none
 */
export function lineOf(text: string, stored?: Instant): Said {
  const fields = jsonFields(text);
  if (typeof fields === 'string') return rejected(fields);
  if (!fields.has('device_id')) {
    const tick = fields.get('tick');
    if (tick !== undefined) return tickOf(tick, fields.get('ends'));
    const record = fields.get('rejected');
    if (record !== undefined) return refusedOf(record, fields);
  }
  const fix = fixOf(fields, stored);
  return typeof fix === 'string' ? rejected(fix) : { kind: 'fix', fix };
}

/** By how many µs the clock of a device may be ahead. */
export const AHEAD = MAX_CLOCK_AHEAD * 1000;

/** A fix, or what is wrong with it. */
function fixOf(fields: ReadonlyMap<string, string>, stored: Instant | undefined): StreamFix | string {
  for (const key of ['device_id', 'lat', 'lon', 'event_time']) if (!fields.has(key)) return `${key} is missing`;
  const device = fields.get('device_id')!;
  if (device === '') return 'device_id is empty';
  const [latitude, longitude, pace] = [fields.get('lat')!, fields.get('lon')!, fields.get('speed') ?? ''];
  if (!isNumber(latitude, -90, 90)) return numberFault('lat', latitude, 90);
  if (!isNumber(longitude, -180, 180)) return numberFault('lon', longitude, 180);
  const event = parseInstant(fields.get('event_time')!);
  if (event === undefined) return timeFault('event_time', fields.get('event_time')!);
  const time = fields.get('time') ?? '';
  const arrival = time === '' ? stored : parseInstant(time);
  if (arrival === undefined && time !== '') return timeFault('time', time);
  if (arrival !== undefined && event - arrival > AHEAD) {
    const than = time === '' ? 'the time at which the stream got it' : `time ${shown(time)}`;
    return `event_time ${shown(fields.get('event_time')!)} is more than ${formatDuration(MAX_CLOCK_AHEAD)} after ${than}`;
  }
  const place = fields.get('seq') ?? '';
  const isPlace = WHOLE.test(place) && Number(place) < PLACES;
  const extra: Record<string, string> = {};
  for (const [key, value] of fields) if (value !== '' && !OWN.has(key) && !(isPlace && key === 'seq')) put(extra, nameOfKey(key), value);
  return {
    device,
    ...(arrival === undefined ? {} : { arrival }),
    event,
    latitude,
    longitude,
    speed: isNumber(pace, 0, Number.MAX_VALUE) ? pace : '',
    extra,
    ...(isPlace ? { seq: Number(place) } : {}),
  };
}

function tickOf(tick: string, ends: string | undefined): TickLine | Omit<RejectedLine, 'record'> {
  const arrival = parseInstant(tick);
  return arrival === undefined ? rejected(timeFault('tick', tick)) : { kind: 'tick', arrival, ends: ends === 'true' };
}

function refusedOf(record: string, fields: ReadonlyMap<string, string>): RejectedLine {
  const [seq = '', line = ''] = [fields.get('seq'), fields.get('line')];
  const isPlaced = WHOLE.test(seq) && WHOLE.test(line);
  return {
    kind: 'rejected',
    reason: fields.get('reason') ?? 'no reason was given',
    record: Buffer.from(record),
    ...(isPlaced ? { from: { seq: Number(seq), line: Number(line) } } : {}),
  };
}

function rejected(reason: string): Omit<RejectedLine, 'record'> {
  return { kind: 'rejected', reason };
}

function numberFault(key: string, text: string, max: number): string {
  return text.length > LONGEST_NUMBER
    ? `${key} ${shown(text)} is longer than ${LONGEST_NUMBER} characters`
    : `${key} ${shown(text)} is not a number from -${max} to ${max}`;
}

function timeFault(key: string, text: string): string {
  return `${key} ${shown(text)} is not a time: write it like 2021-10-23T12:30:39.656352Z`;
}
