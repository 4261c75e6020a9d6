import { LONGEST_NUMBER } from '../../domain/isNumber.js';
import { isDigit } from './isDigit.js';
import { NO } from './TimeScanner.js';

const [MINUS, POINT, ZERO] = [45, 46, 48] as const;

/** Where a number like -12.5 ends, whose whole part is less than `limit`; `NO` if there is none. */
export function numberEnd(bytes: Buffer, start: number, limit: number, decimal: number): number {
  let at = start;
  if (bytes[at] === MINUS) at++;
  let whole = 0;
  const from = at;
  for (; isDigit(bytes[at]!); at++) whole = whole * 10 + bytes[at]! - ZERO;
  if (at === from || at > from + 4 || whole >= limit) return NO;
  if (bytes[at] !== POINT && bytes[at] !== decimal) return at;
  for (at++; isDigit(bytes[at]!); ) at++;
  return at > start + LONGEST_NUMBER ? NO : at;
}
