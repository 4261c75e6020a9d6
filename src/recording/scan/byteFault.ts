import { invalidUtf8 } from '../../csv/invalidUtf8.js';
import { shown } from '../../domain/shown.js';

/** So many bytes before a wrong one are shown. */
const BEFORE = 20;

/** What is wrong with a line that is not UTF-8: names the byte, and what may read it. */
export function byteFault(line: Buffer): string {
  const at = invalidUtf8(line);
  const byte = `0x${line[at]!.toString(16).toUpperCase().padStart(2, '0')}`;
  const before = line.toString('utf8', Math.max(0, at - BEFORE), at).replace(/^\ufffd+/, '');
  return `byte ${byte}${before === '' ? '' : ` after ${shown(before)}`} is not UTF-8: if this is Windows text, give --encoding windows-1252`;
}
