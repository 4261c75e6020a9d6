import { copyBytes, type Bytes } from '../csv/copyBytes.js';

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57] as const;
/** A decimal of no more digits is the shortest text of its double; with a point it has one byte more. */
const DIGITS = 15;
/** JavaScript writes what is less than 0.000001 with an exponent. */
const LEADING_ZEROS = 6;

/** A number takes no more bytes than this in JSON. */
export const NUMBER_BYTES = 32;

/** Puts a number as JSON has it, of its text in a row; gives the place behind it. */
export function putNumber(text: Bytes, from: number, to: number, target: Bytes, at: number): number {
  if (isShortest(text.bytes, from, to)) return copyBytes(text, from, to, target, at);
  const number = String(Number(text.bytes.toString('latin1', from, to)));
  return at + target.bytes.write(number, at, 'latin1');
}

/** Whether a number is written as JSON would write it: if in doubt, it is not. */
function isShortest(text: Buffer, from: number, to: number): boolean {
  const start = text[from] === MINUS ? from + 1 : from;
  if (start === to || to - start > DIGITS + 1) return false;
  let point = to;
  for (let at = start; at < to; at++) {
    const byte = text[at]!;
    if (byte === POINT && point === to) point = at;
    else if (byte < ZERO || byte > NINE) return false;
  }
  if (point === start) return false;
  if (text[start] === ZERO && (point > start + 1 || (point === to && start > from))) return false; // 007, and -0
  if (point === to) return to - start <= DIGITS;
  const isSmall = text[start] === ZERO && isZero(text, point + 1, Math.min(to, point + 1 + LEADING_ZEROS));
  return !isSmall && point + 1 < to && text[to - 1] !== ZERO;
}

function isZero(text: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text[at] !== ZERO) return false;
  return true;
}
