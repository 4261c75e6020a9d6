import { shown } from '../shown.js';
import { isoParts } from './isoParts.js';
import { proposedPatterns } from './proposedPatterns.js';

const EXAMPLE = '2021-10-23T12:30:03Z';
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** The short name of a zone, which a pattern takes for a text. */
const SHORT_ZONE = / '([A-Z]{2,5})'$/i;

/** What is wrong with a text that is not a time, with one that would be, and the option by which this one would be. */
export function timeFault(text: string, badZone?: string): string {
  if (text === '') return `is empty: a fix needs a time, such as ${EXAMPLE}`;
  if (badZone !== undefined)
    return `${shown(text)} has the zone ${shown(badZone)}, which is not known: write an offset like +05:30, or a name like Asia/Kolkata`;
  const patterns = proposedPatterns(text);
  const [pattern, other] = patterns;
  if (pattern !== undefined) {
    const [, zone] = SHORT_ZONE.exec(pattern) ?? [];
    const more = other === undefined ? '' : ` (or ${quoted(other)}, if the month comes first)`;
    const where = zone === undefined ? '' : `, and say with --zone what ${zone} is`;
    return `${shown(text)} is not a time: write it like ${EXAMPLE}, or read it with --times ${quoted(pattern)}${more}${where}`;
  }
  if (isoParts(text))
    return `${shown(text)} is not a time: there is no such day or time of day in the years 1685 to 2254; write it like ${EXAMPLE}`;
  if (NUMBER.test(text))
    return `${shown(text)} is not a time: a number must have 10 digits (seconds since 1970), 13 (milliseconds), 16 (microseconds), 19 (nanoseconds) or 14 (YYYYMMDDhhmmss) before the point; or say what it is with --times, as in --times yyyyMMddHHmm`;
  return `${shown(text)} is not a time: write it like ${EXAMPLE}, or say how it is written, as in --times 'dd/MM/yyyy HH:mm:ss'`;
}

/** A pattern as a word of a command line. */
function quoted(pattern: string): string {
  return pattern.includes("'") ? `"${pattern}"` : `'${pattern}'`;
}
