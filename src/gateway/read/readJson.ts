import { parse as parseLossless, stringify } from 'lossless-json';
import { fieldsIn } from '../../recording/formats/fieldsIn.js';
import { fixOf } from './fixOf.js';
import { flatList } from './flatList.js';
import { flatObject } from './flatObject.js';
import { formIn } from './formIn.js';
import type { Fault, Received } from './Received.js';
import type { Beside, ReadOptions } from './ReadOptions.js';

/** How many bytes a fix may have as it comes: a message of the stream has room for more than one. */
const MAX_RECORD = 262_144;
/** How many bytes a character may take. */
const WIDEST = 3;
/** How many objects a list may have. */
const MAX_LIST = 10_000;

export interface ReadJsonOptions extends ReadOptions {
  readonly beside: Beside;
  /** Whether each line is an object by itself. Default: only if the whole text is not JSON. */
  readonly isLines?: boolean;
}

/** An object by the names of columns, or why it is not one. */
type Fields = ReadonlyMap<string, string> | string;

/**
 * Reads JSON as fixes: an object, a list of objects, or an object a line, each of any form. Numbers keep their spelling.
 *
 * Never throws: what is not a fix is rejected, with its line, or its number in the list, and the reason.
 */
export function readJson(text: string, options: ReadJsonOptions): Received[] {
  if (!options.isLines) {
    const flat = flatList(text);
    if (flat && flat.length <= MAX_LIST) return flat.map(({ fields, from, to }, i) => one(fields, text.slice(from, to), i + 1, options));
    const whole = attempt(text.trim());
    if ('value' in whole) return listed(whole.value, text.trim(), options);
  }
  const received: Received[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const record = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (record.trim() !== '') received.push(one(isTooLong(record, options) ? '' : fieldsOf(record), record, i + 1, options));
  }
  return received;
}

/** What a line says. */
function fieldsOf(line: string): Fields {
  const flat = flatObject(line, 0);
  if (flat && (flat.to === line.length || line.slice(flat.to).trim() === '')) return flat.fields;
  const whole = attempt(line);
  return 'value' in whole ? fieldsIn(whole.value, line) : whole.reason;
}

/** Reads a JSON text; numbers that JavaScript writes otherwise become `LosslessNumber`. */
function attempt(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value: JSON.stringify(value) === text ? value : parseLossless(text) }; // the latter takes ten times as long
  } catch (cause) {
    if (cause instanceof RangeError) return { reason: 'it has objects within objects, too deep to be read' };
    return { reason: `it is not JSON: ${(cause as Error).message}` };
  }
}

function listed(value: unknown, text: string, options: ReadJsonOptions): Received[] {
  if (!Array.isArray(value)) return [one(fieldsIn(value, text), text, 1, options)];
  if (value.length > MAX_LIST)
    return [{ kind: 'rejected', line: 1, record: text, fault: 'size', reason: `the list has more than ${MAX_LIST} objects: send it in parts` }];
  return value.map((value: unknown, i) => {
    const record = stringify(value)!;
    return one(fieldsIn(value, record), record, i + 1, options);
  });
}

function one(fields: Fields, record: string, line: number, options: ReadJsonOptions): Received {
  const reject = (fault: Fault, reason: string): Received => ({ kind: 'rejected', line, record, fault, reason });
  if (isTooLong(record, options)) return reject('size', `it has more than ${mostOf(options)} bytes`);
  if (typeof fields === 'string') return reject('syntax', fields);
  const found = formIn(fields);
  if ('reason' in found) return reject('syntax', found.reason);
  if ('type' in found) return { kind: 'dropped', line, record, type: found.type };
  return fixOf(found.form, fields, line, record, options);
}

function isTooLong(record: string, options: ReadJsonOptions): boolean {
  const most = mostOf(options);
  return record.length * WIDEST > most && Buffer.byteLength(record) > most;
}

function mostOf({ recordBytes = MAX_RECORD }: ReadJsonOptions): number {
  return recordBytes;
}
