import { parseInstant, type Instant } from './instant.js';

/** The instant that a text names: a time, or a date, which is its first moment in UTC; `undefined` if it is neither. */
export function instantIn(text: string): Instant | undefined {
  return parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
}

/**
 * The moment that a text names: an instant, or `now`; `undefined` if it is neither.
 *
 * @param now the wall clock, in ms since 1970
 */
export function momentIn(text: string, now: () => number): Instant | undefined {
  return text === 'now' ? now() * 1000 : instantIn(text);
}
