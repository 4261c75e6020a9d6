/**
 * A moment on the UTC time line: whole microseconds since 1970-01-01T00:00:00Z.
 *
 * A double holds every integer up to 2^53, so instants are exact from
 * 1684-07-28T00:12:25.259009Z to 2255-06-05T23:47:34.740991Z; others are refused.
 */
export type Instant = number;

const DIGIT_0 = 48;
/** `2021-10-23T12:30:03.385959123+05:30` */
const LONGEST = 35;

/**
 * Reads a time as an instant, or gives `undefined` for a text that is no real one.
 *
 * The format is RFC 3339 with ISO 8601's latitude: `YYYY-MM-DD`, `T` or a space, `hh:mm`, optional
 * `:ss` and, after a point or a comma, a fraction of 1 to 9 digits (kept to the microsecond, the rest cut), then `Z`, `+hh:mm`,
 * `+hhmm`, `+hh` or nothing, which means UTC. Days that are not in the calendar, hour 24 and leap
 * seconds (which POSIX time cannot tell from the second after) are no instants.
 *
 * Reads characters, not a regular expression or a `Date` of milliseconds: it runs twice per fix.
 */
export function parseInstant(text: string): Instant | undefined {
  if (text.length > LONGEST) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const separators = text[4] === '-' && text[7] === '-' && /[Tt ]/.test(text.charAt(10)) && text[13] === ':';
  if (!separators || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (year < 1684 || !(hour >= 0 && hour < 24) || !(minute >= 0 && minute < 60)) return undefined;

  let at = 16;
  let second = 0;
  let micros = 0;
  if (text[at] === ':') {
    second = digits(text, 17, 2);
    if (!(second >= 0 && second < 60)) return undefined;
    at = 19;
    if (text[at] === '.' || text[at] === ',') {
      const from = ++at;
      for (let unit = 100_000; isDigit(text, at); at++, unit = Math.floor(unit / 10)) {
        micros += unit * (text.charCodeAt(at) - DIGIT_0);
      }
      if (at === from || at > from + 9) return undefined;
    }
  }
  const offset = offsetMinutes(text, at);
  if (offset === undefined) return undefined;
  const instant = Date.UTC(year, month - 1, day, hour, minute - offset, second) * 1000 + micros;
  return Number.isSafeInteger(instant) ? instant : undefined;
}

const DAY = 86_400;
const padded = (count: number, width: number) => Array.from({ length: count }, (_, i) => String(i).padStart(width, '0'));
const TWO_DIGITS = padded(60, 2);
const THREE_DIGITS = padded(1000, 3);
/** The day written last: most instants fall on the day of the one before. */
let lastDay = { day: NaN, text: '' };

/**
 * Writes an instant in UTC with six fraction digits, `2021-10-23T12:30:03.385959Z`, so that the order
 * of the texts is the order of the instants.
 */
export function formatInstant(instant: Instant): string {
  const seconds = Math.floor(instant / 1e6);
  const micros = instant - seconds * 1e6;
  const millis = Math.floor(micros / 1000);
  const day = Math.floor(seconds / DAY);
  const time = seconds - day * DAY;
  if (day !== lastDay.day) lastDay = { day, text: new Date(day * DAY * 1000).toISOString().slice(0, 11) };
  const hour = TWO_DIGITS[Math.floor(time / 3600)];
  const minute = TWO_DIGITS[Math.floor(time / 60) % 60];
  const second = TWO_DIGITS[time % 60];
  return `${lastDay.text}${hour}:${minute}:${second}.${THREE_DIGITS[millis]}${THREE_DIGITS[micros - millis * 1000]}Z`;
}

function isDigit(text: string, at: number): boolean {
  const digit = text.charCodeAt(at) - DIGIT_0;
  return digit >= 0 && digit <= 9;
}

/** The number that `count` digits from `at` on spell, or -1 if they are not all digits. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    if (!isDigit(text, i)) return -1;
    value = value * 10 + text.charCodeAt(i) - DIGIT_0;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Minutes east of UTC that the text from `at` to its end means, or `undefined` if it is no zone. */
function offsetMinutes(text: string, at: number): number | undefined {
  const rest = text.length - at;
  if (rest === 0 || (rest === 1 && (text[at] === 'Z' || text[at] === 'z'))) return 0;
  const sign = text[at] === '+' ? 1 : text[at] === '-' ? -1 : 0;
  const hours = digits(text, at + 1, 2);
  const minutes =
    rest === 3 ? 0 : rest === 5 ? digits(text, at + 3, 2) : rest === 6 && text[at + 3] === ':' ? digits(text, at + 4, 2) : -1;
  if (sign === 0 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  return sign * (hours * 60 + minutes);
}
