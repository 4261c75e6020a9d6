import { compilePattern } from './compilePattern.js';

const DATE = String.raw`(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)|(\d{4})([-/.])(\d{1,2})\6(\d{1,2})|(\d{1,2})([- ])([a-z]{3,9})\10(\d{4}|\d\d)|([a-z]{3,9}) (\d{1,2})(,?) (\d{4})`;
const TIME = String.raw`([T ]|, )(\d{1,2}):(\d\d)(?::(\d\d)(?:([.,])(\d{1,9}))?)?( ?)([ap]\.?m\.?)?(?: ([a-z]{2,5}))?`;
const SHAPE = new RegExp(`^(?:${DATE})(?:${TIME})?$`, 'i');

/**
 * Patterns by which a text would be a time, for a message: two if day and month cannot be told apart, the day first, and
 * none if it is like nothing that is known.
 */
export function proposedPatterns(text: string): readonly string[] {
  const found = SHAPE.exec(text);
  if (!found) return [];
  const time = timeOf(found.slice(17));
  return datesOf(found)
    .map((date) => `${date}${time}`)
    .filter((pattern) => compilePattern(pattern).read(text) !== undefined);
}

function datesOf([, first, dash, second, year, , slash, , , day, gap, month, shortYear, name, , comma]: RegExpExecArray): string[] {
  if (dash !== undefined) {
    const [a, b] = [first!.length > 1 || second!.length > 1 ? 'dd' : 'd', first!.length > 1 || second!.length > 1 ? 'MM' : 'M'];
    return [`${a}${dash}${b}${dash}${letters(year!, 'y')}`, `${b}${dash}${a}${dash}${letters(year!, 'y')}`];
  }
  if (slash !== undefined) return [`yyyy${slash}MM${slash}dd`];
  const monthLetters = (text: string) => (text.length > 3 ? 'MMMM' : 'MMM');
  if (gap !== undefined) return [`${day!.length > 1 ? 'dd' : 'd'}${gap}${monthLetters(month!)}${gap}${letters(shortYear!, 'y')}`];
  return [`${monthLetters(name!)} d${comma!} yyyy`];
}

function timeOf([gap, hour, , second, point, fraction, space, half, zone]: readonly (string | undefined)[]): string {
  if (gap === undefined) return '';
  const letter = half === undefined ? 'H' : 'h';
  const seconds = second === undefined ? '' : `:ss${point === undefined ? '' : `${point}${letters(fraction!, 'S')}`}`;
  const start = gap === 'T' ? "'T'" : gap;
  return `${start}${letters(hour!, letter)}:mm${seconds}${half === undefined ? '' : `${space!}a`}${zone === undefined ? '' : ` '${zone}'`}`;
}

function letters(text: string, letter: string): string {
  return letter.repeat(text.length);
}
