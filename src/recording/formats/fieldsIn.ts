import { isLosslessNumber, stringify } from 'lossless-json';
import { shown } from '../../domain/shown.js';
import { LONGEST_NAME } from './foundColumns.js';

/** Objects and lists within each other, as far as anybody writes them. */
const DEEPEST = 64;
/** A list of up to this length has a column for each value: a position has two, or three. */
const LONGEST_LIST = 3;

/**
 * What the value of a JSON text says, by the names of columns: `a.b` for `b` in the object `a`, `a.0` for the first of up
 * to three values in the list `a`. Or what is wrong with it.
 *
 * @param text as which it is shown if it is no object
 */
export function fieldsIn(value: unknown, text: string): ReadonlyMap<string, string> | string {
  if (!isObject(value) || Array.isArray(value)) return `the line is not a JSON object: ${shown(text)}`;
  const fields = new Map<string, string>();
  return take(value, '', 0, fields) ?? fields;
}

/** Takes in the values of an object or a list; gives what is wrong with it, if anything is. */
function take(values: object, before: string, depth: number, fields: Map<string, string>): string | undefined {
  if (depth === DEEPEST) return `the line has more than ${DEEPEST} objects within each other`;
  for (const [key, value] of Object.entries(values) as [string, unknown][]) {
    const name = `${before}${key}`;
    if (name.length > LONGEST_NAME) return `the line has a key that is longer than ${LONGEST_NAME} characters, with those it is in`;
    if (isObject(value) && !(Array.isArray(value) && value.length > LONGEST_LIST)) {
      const fault = take(value, `${name}.`, depth + 1, fields);
      if (fault !== undefined) return fault;
    } else {
      if (fields.has(name)) return `the line has two values for ${shown(name)}`;
      fields.set(name, textOf(value));
    }
  }
  return undefined;
}

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : isLosslessNumber(value) ? value.value : stringify(value)!;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isLosslessNumber(value);
}
