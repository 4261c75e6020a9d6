import { isUtf8 } from 'node:buffer';
import type { Instant } from '../domain/instant.js';
import type { Line } from './Line.js';
import { lineOf } from './lineOf.js';
import { PlainLine } from './PlainLine.js';

const [LF, CR, BLANK, TAB] = [10, 13, 32, 9] as const;

/**
 * The lines of a message, each a fix, a tick or a row that is not a fix; empty ones are left out. Never throws: a line that
 * cannot be read is `rejected`, and says why.
 *
 * @param stored when the stream got the message: the arrival of fixes that have none, by which their clocks are checked
 */
export function parseMessage(message: Uint8Array, stored?: Instant): Line[] {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const isText = isUtf8(bytes);
  const plain = new PlainLine();
  const lines: Line[] = [];
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end;
    const fix = isText ? plain.read(bytes, from, to, stored) : undefined;
    if (fix) lines.push({ line, kind: 'fix', fix });
    else if (!isEmpty(bytes, from, to)) lines.push(otherLine(bytes.subarray(from, to), line, stored));
    from = to + 1;
  }
  return lines;
}

function otherLine(record: Buffer, line: number, stored: Instant | undefined): Line {
  if (!isUtf8(record)) return { line, kind: 'rejected', reason: 'the line is not UTF-8', record };
  const said = lineOf(record.toString(), stored);
  return said.kind === 'rejected' ? { record, line, ...said } : { line, ...said };
}

function isEmpty(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== BLANK && byte !== CR && byte !== TAB) return false;
  }
  return true;
}
