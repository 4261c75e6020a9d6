import { epochTime } from './epochTime.js';
import { isoTime } from './isoTime.js';
import { mailTime } from './mailTime.js';
import type { WallTime } from './WallTime.js';

/** No time is longer: `2021-10-23T12:30:03.385959123+05:30[America/Argentina/ComodRivadavia]`, and some tags. */
const LONGEST = 96;

/**
 * Reads a time that says by itself what it means: a date that begins with the year (`isoTime`), a number since 1970
 * (`epochTime`), or a date with the name of its month, and a zone (`mailTime`).
 *
 * @returns `undefined` for any other text, and for a day or a time of day that there is not
 */
export function writtenTime(text: string): WallTime | undefined {
  if (text.length > LONGEST) return undefined;
  return isoTime(text) ?? epochTime(text) ?? mailTime(text);
}
