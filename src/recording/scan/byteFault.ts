import { invalidUtf8 } from '../../csv/invalidUtf8.js';
import { UNDECODED } from '../../csv/textDecoder.js';
import { shown } from '../../domain/shown.js';

/** How many bytes before a wrong one are shown. */
const BEFORE = 20;

/** What is wrong with a line that is not UTF-8, or was not text in its own encoding: names the byte, and what may read it. */
export function byteFault(line: Buffer): string {
  const at = invalidUtf8(line);
  const isUndecoded = UNDECODED.equals(line.subarray(at, at + UNDECODED.length));
  const byte = `0x${line[at]!.toString(16).toUpperCase().padStart(2, '0')}`;
  const before = line.toString('utf8', Math.max(0, at - BEFORE), at).replace(/^\ufffd+/, '');
  const after = before === '' ? '' : ` after ${shown(before)}`;
  if (isUndecoded) return `a byte${after} is not text in the encoding of the file: check --encoding`;
  return `byte ${byte}${after} is not UTF-8: if this is Windows text, give --encoding windows-1252`;
}
