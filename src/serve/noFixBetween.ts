import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

/** That a device has no fix within what was asked for, as a 404. */
export function noFixBetween(device: string): HttpError {
  return new HttpError(404, 'later', `device ${shown(device)} has no fix between from and to`);
}
