import { formatInstant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import type { Answer } from '../history/answer.js';
import { HttpError } from './HttpError.js';

/** Why a device that there is has no fix to answer with, as a 404. */
export function notKnown(device: string, told: Exclude<Answer, { readonly known: 'nothing' }>, maxAge = ''): HttpError {
  const name = shown(device);
  if ('fix' in told)
    return new HttpError(
      404,
      'too-old',
      `too old: the latest fix of device ${name} at ${formatInstant(told.asked)} is of ${formatInstant(told.fix.event)}, ${told.age / 1e6} s before that, and max_age is ${maxAge}`,
    );
  return new HttpError(
    404,
    'later',
    `nothing known of device ${name} at ${formatInstant(told.asked)}: its first fix ${told.by === 'arrival' ? 'arrived' : 'was taken'} at ${formatInstant(told.first)}`,
  );
}
