/** Degrees of one to three digits, minutes of two, less than 60, with a fraction. */
const DEGREES = /^(\d{1,3})([0-5]\d)(\.\d*)?$/;
/** A minute is the 60th part of a degree. This number of additional digits keeps the precision of its fraction. */
const MORE = 3;
const MAX_DIGITS = 12;

/**
 * Degrees of a position of NMEA, `4807.038` and `N`, as a decimal number that says no less: `48.117300`.
 * What is no such position is given as it is, so that it is rejected with what it says.
 */
export function nmeaDegrees(text: string, side: string): string {
  const [, degrees, minutes, fraction = ''] = DEGREES.exec(text) ?? [];
  if (degrees === undefined || !/^[NSEW]$/.test(side)) return `${text}${side}`;
  const value = Number(degrees) + Number(`${minutes!}${fraction}`) / 60;
  return `${side === 'S' || side === 'W' ? '-' : ''}${value.toFixed(Math.min(MAX_DIGITS, Math.max(0, fraction.length - 1) + MORE))}`;
}
