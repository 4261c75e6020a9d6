import { parseInstant } from '../../domain/instant.js';
import { isNumber, LONGEST_NUMBER } from '../../domain/isNumber.js';
import { PLACES } from '../../domain/PLACES.js';
import { shown } from '../../domain/shown.js';
import { freeName } from './freeName.js';
import { IN_FORMS, type InForm, type InFormName } from './IN_FORMS.js';
import { inSpeed } from './inSpeed.js';
import type { Fault, Received, ReceivedFix } from './Received.js';
import type { Beside, ReadOptions } from './ReadOptions.js';

/** What else a fix may have. */
const MAX_EXTRA = 200;
/** How a text may have a character that no store takes: by an escape of JSON, or of a query. */
const ESCAPES = /\\u(?:0000|[dD][89a-fA-F])|%00/;

export interface FixOfOptions extends ReadOptions {
  /** Who sends it, if that is said beside it. */
  readonly beside: Beside;
}

type Fields = ReadonlyMap<string, string>;

/** Reads what was said in a form as a fix, or says why it is not one. */
export function fixOf(name: InFormName, fields: Fields, line: number, record: string, options: FixOfOptions): Received {
  const { speedUnit, trustTime } = options;
  const form: InForm = IN_FORMS[name];
  const reject = (fault: Fault, reason: string): Received => ({ kind: 'rejected', line, record, fault, reason });
  const device = deviceOf(name, form, fields, options);
  if (device === '') return reject('device', noDevice(name, form));
  const latitude = fields.get(form.latitude) ?? '';
  if (!isNumber(latitude, -90, 90)) return reject('position', numberFault(form.latitude, latitude, 90));
  const longitude = fields.get(form.longitude) ?? '';
  if (!isNumber(longitude, -180, 180)) return reject('position', numberFault(form.longitude, longitude, 180));
  const eventText = fields.get(form.event) ?? '';
  const event = form.timeOf(eventText);
  if (event === undefined) return reject('time', timeFault(form.event, eventText, form.times));
  const extra = extraOf(form, fields);
  if (extra === undefined) return reject('keys', `it has more than ${MAX_EXTRA} further keys`);
  if (ESCAPES.test(record) && [device, ...Object.entries(extra).flat()].some(isUnstorable))
    return reject('syntax', 'it has a text with a NUL character or half a surrogate pair, which no store can keep');
  const speed = inSpeed(fields.get(form.speed) ?? '', form.speedUnit, speedUnit);
  const sent = name === 'lastfix' && trustTime ? sentOf(fields) : {};
  if (sent === undefined) return reject('time', timeFault('time', fields.get('time')!, form.times));
  return { kind: 'fix', line, record, form: name, fix: { device, event, latitude, longitude, speed, extra, ...sent } };
}

function deviceOf(name: InFormName, { device }: InForm, fields: Fields, options: FixOfOptions): string {
  const { beside, owntracksId } = options;
  if (name === 'owntracks' && beside.named !== undefined) return beside.named;
  if (name === 'owntracks') {
    const [, user, own] = /^[^/]+\/([^/]+)\/([^/]+)/.exec(fields.get('topic') ?? '') ?? [];
    return owntracksName(owntracksId, { user: beside.user ?? decoded(user), device: beside.device ?? decoded(own) });
  }
  for (const key of device) if (fields.get(key)) return fields.get(key)!;
  return beside.named ?? '';
}

/** A part of a topic as it was meant. */
function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The id of a device of OwnTracks: without a user, its own name. */
function owntracksName(pattern: string, { user, device }: Beside): string {
  if (!device) return '';
  if (!user) return device;
  return pattern.replaceAll(/\{(user|device)\}/g, (_, part) => (part === 'user' ? user : device));
}

function noDevice(name: InFormName, { device: [key] }: InForm): string {
  if (name === 'owntracks')
    return 'it does not say whose it is: by the headers X-Limit-U and X-Limit-D, by u and d in the query, or by its topic';
  return `${key!} is missing or empty`;
}

function extraOf({ device, latitude, longitude, event, speed, left, before }: InForm, fields: Fields) {
  const extra: [string, string][] = [];
  for (const [key, value] of fields) {
    if (value === '' || key === latitude || key === longitude || key === event || key === speed) continue;
    if (device.includes(key) || left.includes(key)) continue;
    const start = before.find((start) => key.startsWith(start)) ?? '';
    extra.push([freeName(key.slice(start.length)), value]);
    if (extra.length > MAX_EXTRA) return undefined;
  }
  return Object.fromEntries(extra);
}

/** When a fix arrived elsewhere, and its place in that stream, as far as it says so; `undefined` if it says no time. */
function sentOf(fields: Fields): Pick<ReceivedFix, 'arrival' | 'place'> | undefined {
  const time = fields.get('time');
  if (!time) return {};
  const arrival = parseInstant(time);
  if (arrival === undefined) return undefined;
  const seq = fields.get('seq') ?? '';
  return /^\d{1,13}$/.test(seq) && Number(seq) < PLACES ? { arrival, place: Number(seq) } : { arrival };
}

function isUnstorable(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}

function numberFault(name: string, text: string, max: number): string {
  if (text === '') return `${name} is missing or empty`;
  if (text.length > LONGEST_NUMBER) return `${name} ${shown(text)} is longer than ${LONGEST_NUMBER} characters`;
  return `${name} ${shown(text)} is not a number from -${max} to ${max}`;
}

function timeFault(name: string, text: string, times: string): string {
  return text === '' ? `${name} is missing or empty: ${times}` : `${name} ${shown(text)} is not a time: ${times}`;
}
