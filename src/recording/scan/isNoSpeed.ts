import { isDigit } from './isDigit.js';

const [LF, CR, MINUS, POINT, ZERO, BACKSLASH, SMALL_A, SMALL_Z] = [10, 13, 45, 46, 48, 92, 97, 122] as const;

/** Whether a field is plainly not a number from 0 up: it is less than 0, or begins with a letter or a backslash. */
export function isNoSpeed(bytes: Buffer, start: number, delimiter: number): boolean {
  const first = bytes[start]! | 0x20; // in small letters
  if (bytes[start] !== MINUS) return (first >= SMALL_A && first <= SMALL_Z) || bytes[start] === BACKSLASH;
  let isZero = true;
  let at = start + 1;
  for (; isDigit(bytes[at]!) || bytes[at] === POINT; at++) isZero &&= bytes[at] === ZERO || bytes[at] === POINT;
  return !isZero && (bytes[at] === delimiter || bytes[at] === CR || bytes[at] === LF);
}
