import { parseDuration } from '../domain/duration.js';
import { parseInstant, type Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import type { Moment } from '../history/answer.js';
import { HttpError } from './HttpError.js';

/** The parameters of a question, as they came. */
export interface AskedFor {
  readonly at?: string;
  readonly by?: 'arrival' | 'event';
  readonly known_at?: string;
  readonly max_age?: string;
}

/** When a question is about. @throws HttpError 400 that names the value that is wrong */
export function momentOf({ at, by, known_at, max_age }: AskedFor, now: () => number): Moment {
  const maxAge = max_age === undefined ? undefined : parseDuration(max_age);
  if (max_age !== undefined && maxAge === undefined)
    throw new HttpError(400, 'bad-request', `max_age ${shown(max_age)} is not a valid duration: write it like 90s, 5m or 24h`);
  return { at: instantIn('at', at, now), by, knownAt: instantIn('known_at', known_at, now), maxAge };
}

/** @param now the wall clock, in ms since 1970 */
export function instantIn(name: string, text: string | undefined, now: () => number): Instant | undefined {
  if (text === undefined) return undefined;
  if (text === 'now') return now() * 1000;
  const instant = parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  if (instant === undefined)
    throw new HttpError(
      400,
      'bad-request',
      `${name} ${shown(text)} is not a valid time: write it like 2021-10-23T12:32:45Z, 2021-10-23 or now`,
    );
  return instant;
}
