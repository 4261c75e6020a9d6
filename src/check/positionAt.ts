import type { FixBatch } from '../domain/FixBatch.js';

const [COMMA, MINUS, PLUS, POINT, ZERO] = [44, 45, 43, 46, 48] as const;

/** The latitude and the longitude of a row, in degrees. */
export function positionAt({ columns, text }: FixBatch, row: number): readonly [latitude: number, longitude: number] {
  const from = columns.from[row]!;
  const middle = text.indexOf(COMMA, from);
  return [decimal(text, from, middle), decimal(text, middle + 1, text.indexOf(COMMA, middle + 1))];
}

/** The number whose text stands from one place to another. */
function decimal(text: Buffer, from: number, to: number): number {
  let at = from;
  const isNegative = text[at] === MINUS;
  if (isNegative || text[at] === PLUS) at++;
  let [digits, scale] = [0, 0];
  for (; at < to; at++) {
    const byte = text[at]!;
    if (byte === POINT) scale = 1;
    else if (byte >= ZERO && byte < ZERO + 10 && scale < 1e12) {
      digits = digits * 10 + byte - ZERO;
      scale *= 10;
    } else return Number(text.toString('latin1', from, to)); // what is written otherwise, or more exactly
  }
  const number = scale > 1 ? digits / scale : digits;
  return isNegative ? -number : number;
}
