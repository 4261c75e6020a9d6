import type { Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import type { HttpError } from './HttpError.js';
import { nothingKnown } from './nothingKnown.js';

/** That a device has no fix within what was asked for, as a 404. */
export function noFixBetween(device: string, finalUntil: Instant | undefined): HttpError {
  return nothingKnown('later', `device ${shown(device)} has no fix between from and to`, finalUntil);
}
