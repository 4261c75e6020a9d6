import { isUtf8 } from 'node:buffer';
import { invalidUtf8 } from '../../csv/invalidUtf8.js';
import { readJson, type ReadJsonOptions } from './readJson.js';
import { readQuery } from './readQuery.js';
import type { Received } from './Received.js';

const LF = 10;
/** It takes its time to find the byte that is wrong. */
const LONG = 10_000;
const BOM = '\u{feff}';

/**
 * Reads a body, or the payload of a message, as fixes. What it is, it says itself: JSON begins with `{` or `[`, anything
 * else is a form of the web if that is what its type says, or else lines of JSON.
 *
 * Never throws. Holds what it gives.
 *
 * @param isForm whether its type is that of a form of the web
 */
export function readBody(bytes: Buffer, { isForm = false, ...options }: ReadJsonOptions & { readonly isForm?: boolean }): Received[] {
  if (!isUtf8(bytes)) return anyLines(bytes, options);
  const whole = bytes.toString();
  const text = whole.startsWith(BOM) ? whole.slice(1) : whole;
  return isForm && !/^\s*[{[]/.test(text) ? [readQuery(text, options)] : readJson(text, options);
}

/** The lines of a body in which some are not UTF-8. */
function anyLines(bytes: Buffer, options: ReadJsonOptions): Received[] {
  const all: Received[] = [];
  for (let [line, from] = [1, 0]; from < bytes.length; line++) {
    const to = bytes.indexOf(LF, from) + 1 || bytes.length;
    const own = bytes.subarray(from, to);
    const record = own.toString().replace(/\r?\n$/, '');
    if (!isUtf8(own)) all.push({ kind: 'rejected', line, record, fault: 'syntax', reason: own.length > LONG ? 'it is not UTF-8: send UTF-8' : byteFault(own) });
    else if (record.trim() !== '') all.push(...readJson(record, { ...options, isLines: true }).map((one) => ({ ...one, line })));
    from = to;
  }
  return all;
}

function byteFault(line: Buffer): string {
  return `byte 0x${line[invalidUtf8(line)]!.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8: send UTF-8`;
}
