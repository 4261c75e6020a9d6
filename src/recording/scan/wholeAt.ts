import { isDigit } from './isDigit.js';

const ZERO = 48;

/** The number that the first digits from a place on spell. */
export function wholeAt(bytes: Buffer, start: number): number {
  let whole = 0;
  for (let at = start; isDigit(bytes[at]!); at++) whole = whole * 10 + bytes[at]! - ZERO;
  return whole;
}
