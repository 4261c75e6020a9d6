const DAY = 86_400_000;
/** Days from 1899-12-30, from which Excel counts since March 1900, to 1970, to 1904, and to the year 10000. */
const [TO_1970, TO_1904, TO_10000] = [25_569, 1462, 2_958_466];
/** The 29 February 1900 of its calendar, which there was not: before it, it counts from a day later. */
const LEAP_DAY = 60;

/**
 * Writes a time that Excel holds as a fraction of days in UTC, rounded to the millisecond, which is as fine as those
 * fractions can be trusted; a time of no day without one, and what is not a time as the number that it is.
 *
 * @param from1904 whether the workbook counts from 1904, as those of early Macintoshes do
 */
export function sheetTime(days: number, from1904 = false): string {
  const serial = from1904 ? days + TO_1904 : days;
  if (!(days >= 0 && serial < TO_10000)) return String(days);
  const millis = Math.round((serial + (serial < LEAP_DAY ? 1 : 0) - TO_1970) * DAY);
  const text = new Date(millis).toISOString();
  return serial < 1 ? text.slice(11, -1) : text;
}
