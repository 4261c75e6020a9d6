import type { Instant } from '../domain/instant.js';
import { instantText } from '../domain/instantText.js';
import { HttpError } from './HttpError.js';

/**
 * That nothing is known of what was asked for, as a 404.
 *
 * @param finalUntil as it was before the question: if it is not before what was asked, that is final
 */
export function nothingKnown(word: 'unknown' | 'later' | 'too-old', message: string, finalUntil: Instant | undefined): HttpError {
  return new HttpError(404, word, message, { final_until: instantText(finalUntil) });
}
