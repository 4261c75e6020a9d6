import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { FileError } from '../../csv/FileError.js';
import { columnSpec } from '../../domain/columnSpec.js';
import { shown } from '../../domain/shown.js';
import { RecordedTimes } from '../../domain/times/RecordedTimes.js';
import type { Form, NamedLayout } from '../layouts/NamedLayout.js';

type Check = readonly [is: (value: unknown) => boolean, what: string];

const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const PARTS = ['device', 'latitude', 'longitude', 'event', 'arrival', 'speed', 'zone'];
const CLOCKS = ['event', 'arrival'];
const isSpec = (value: unknown) => isText(value) && columnSpec(value) !== undefined;
const isOf = (keys: readonly string[], is: (value: unknown) => boolean) => (value: unknown) =>
  isObject(value) && Object.entries(value).every(([key, one]) => keys.includes(key) && is(one));
const TEXTS: Check = [isTexts, 'an array of texts'];

/** The keys of a layout file, and what they hold. */
const KEYS: Readonly<Record<string, Check>> = {
  about: [isText, 'a text'],
  columns: [isOf(PARTS, isSpec), `an object with the columns of ${PARTS.join(', ')}`],
  device: [isText, 'a text'],
  times: [isOf(CLOCKS, isTexts), 'an object with arrays of patterns for event and arrival'],
  zone: [isOf(CLOCKS, isText), 'an object with the zones of event and arrival'],
  delimiter: [(value) => isText(value) && (value).length === 1, 'one character'],
  decimal: [(value) => value === '.' || value === ',', '"." or ","'],
  header: TEXTS,
  skip: [(value) => Number.isInteger(value) && (value as number) >= 0, 'a whole number from 0 up'],
  encoding: [isText, 'a text'],
  backslash: [(value) => typeof value === 'boolean', 'true or false'],
  sheet: [isText, 'a text'],
  speedUnit: [(value) => ['kn', 'km/h', 'm/s', 'mph'].includes(value as string), 'one of kn, km/h, m/s, mph'],
  unknownSpeeds: [(value) => Array.isArray(value) && value.every(Number.isFinite), 'an array of numbers'],
  keep: TEXTS,
  knownBy: TEXTS,
};

/**
 * Reads a layout of one's own: a JSON object with the keys of `Layout`, or an array of them, of which the first is used whose
 * columns a header has. A zone or patterns that are not said for each clock by itself are those of both.
 *
 * @throws FileError if it cannot be read, or is none
 */
export function readLayout(path: string): NamedLayout {
  const forms = [parsed(path)].flat();
  if (forms.length === 0) throw new FileError(`${path} holds no layout: it is an empty array`);
  return { name: basename(path), about: path, forms: forms.map((form) => checked(path, form)) };
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', path, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileError(`${path} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function checked(path: string, value: unknown): Form {
  if (!isObject(value)) throw new FileError(`${path} is not a layout: it must hold an object with keys such as columns, times, zone`);
  const times = bothOf(value['times'], (one) => (isText(one) ? [one] : one));
  const zone = bothOf(value['zone'], (one) => one);
  const form = { ...value, ...('times' in value ? { times } : {}), ...('zone' in value ? { zone } : {}) };
  for (const [key, one] of Object.entries(form)) {
    const [is, what] = (Object.hasOwn(KEYS, key) ? KEYS[key] : undefined) ?? [];
    if (!is) throw new FileError(`${path} has the unknown key ${shown(key)}: the keys of a layout are ${Object.keys(KEYS).join(', ')}`);
    if (!is(one)) throw new FileError(`${path}: ${key} is ${shown(JSON.stringify(one))}: it must be ${what!}`);
  }
  const fault = faultOf(form as Form);
  if (fault !== undefined) throw new FileError(`${path}: ${fault}`);
  return form as Form;
}

/** What is wrong with a pattern, a zone or an encoding, if anything is. */
function faultOf({ times = {}, zone = {}, encoding }: Form): string | undefined {
  try {
    for (const clock of ['event', 'arrival'] as const) new RecordedTimes({ times: times[clock], zone: zone[clock] });
  } catch (cause) {
    return `times ${shown(JSON.stringify(times))} or zone ${shown(JSON.stringify(zone))} ${(cause as Error).message}`;
  }
  if (encoding === undefined || isEncoding(encoding)) return undefined;
  return `encoding ${shown(encoding)} is not known: write one such as windows-1252`;
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false; // which is how it says that it does not know it
  }
}

/** What is said of each clock, if it is said of both at once. */
function bothOf(value: unknown, listed: (value: unknown) => unknown): unknown {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([clock, one]) => [clock, listed(one)]));
  return { event: listed(value), arrival: listed(value) };
}
