import { isEdgedByBlank } from '../../csv/isEdgedByBlank.js';
import { NO } from './TimeScanner.js';

const [LF, CR, QUOTE] = [10, 13, 34] as const;

/** Where a field ends that may hold anything; `NO` if it has quotes or blanks at its edges. */
export function textEnd(bytes: Buffer, start: number, delimiter: number): number {
  let at = start;
  for (let byte = bytes[at]!; byte !== delimiter && byte !== CR && byte !== LF; byte = bytes[++at]!) if (byte === QUOTE) return NO;
  return at > start && isEdgedByBlank(bytes, start, at) ? NO : at;
}
