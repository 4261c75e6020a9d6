import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { shown } from '../../domain/shown.js';
import { LONGEST_NAME } from './foundColumns.js';

/** Objects and lists within each other, as far as anybody writes them. */
const DEEPEST = 64;
/** A list of up to this length has a column for each value: a position has two, or three. */
const LONGEST_LIST = 3;

/**
 * What a JSON object says, by the names of columns: `a.b` for `b` in the object `a`, `a.0` for the first of up to three
 * values in the list `a`. Or why the text is none.
 *
 * @param read makes values of the text. Default: numbers keep their spelling
 */
export function jsonFields(text: string, read: (text: string) => unknown = parse): ReadonlyMap<string, string> | string {
  try {
    const value = read(text);
    if (!isObject(value) || Array.isArray(value)) return `the line is not a JSON object: ${shown(text)}`;
    const fields = new Map<string, string>();
    const clash = take(value, '', 0, fields);
    return clash ?? fields;
  } catch (cause) {
    if (cause instanceof RangeError) return 'the line has objects within objects, too deep to be read';
    return `the line is not JSON: ${(cause as Error).message}`;
  }
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
  return typeof value === 'string' ? value : isLosslessNumber(value) ? value.value : stringify(value)!;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isLosslessNumber(value);
}
