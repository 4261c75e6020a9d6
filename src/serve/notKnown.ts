import { formatInstant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import type { Told } from '../history/answer.js';
import { nearest } from '../query/nearest.js';
import { HttpError } from './HttpError.js';

const NAMED = 8;
/** A longer id is no misspelling, and would take long to compare with all. */
const LONGEST = 64;

/** Why a device has no fix to answer with, as a 404. */
export function notKnown(device: string, told: Told, maxAge = ''): HttpError {
  const name = shown(device);
  if ('fix' in told) return new HttpError(404, 'too-old', `too old: the latest fix of device ${name} at ${formatInstant(told.asked)} is of ${formatInstant(told.fix.event)}, ${told.age / 1e6} s before that, and max_age is ${maxAge}`);
  if (told.known === 'only later') return new HttpError(404, 'later', `nothing known of device ${name} at ${formatInstant(told.asked)}: its first fix ${told.by === 'arrival' ? 'arrived' : 'was taken'} at ${formatInstant(told.first)}`);
  const ids = [...told.devices];
  const some = (device.length > LONGEST ? ids.slice(0, NAMED) : nearest(device, ids.filter(({ length }) => length <= LONGEST), NAMED)).map((id) => shown(id)).join(', ');
  return new HttpError(404, 'unknown', `unknown device ${name}: the log ${some === '' ? 'holds no fix' : `knows ${some}${told.devices.size > NAMED ? ` and ${told.devices.size - NAMED} more` : ''}`}`);
}
