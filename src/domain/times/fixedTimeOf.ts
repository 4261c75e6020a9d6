import type { CompiledToken } from './CompiledToken.js';
import type { FixedTime } from './TimePattern.js';

/** So many characters it may have. */
export const WIDEST = 32;
const ASCII = /^[\0-\x7f]*$/;

/** Where the second and its fraction stand in a time that is always as wide; `undefined` if it is not, or is too wide. */
export function fixedTimeOf(tokens: readonly CompiledToken[]): FixedTime | undefined {
  let width = 0;
  let second = -1;
  let [fraction, fractionDigits] = [0, 0];
  const minute: number[] = [];
  for (const { field, literal } of tokens) {
    const own = field ? field.width : literal.length;
    if (own === undefined || !ASCII.test(literal)) return undefined;
    if (field?.part === 'second') second = width;
    if (field?.part === 'fraction') [fraction, fractionDigits] = [width, own];
    if (field?.part === 'hour') minute.push(width + 1);
    if (field?.part === 'minute') minute.push(width, width + 1);
    width += own;
  }
  return width <= WIDEST ? { width, second, fraction, fractionDigits, minute } : undefined;
}
