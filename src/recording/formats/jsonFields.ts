import { parse } from 'lossless-json';
import { fieldsIn } from './fieldsIn.js';

/**
 * What a JSON object says, by the names of columns, as `fieldsIn` has them. Or why the text is not one.
 *
 * @param read makes values of the text. Default: numbers keep their spelling
 */
export function jsonFields(text: string, read: (text: string) => unknown = parse): ReadonlyMap<string, string> | string {
  try {
    return fieldsIn(read(text), text);
  } catch (cause) {
    if (cause instanceof RangeError) return 'the line has objects within objects, too deep to be read';
    return `the line is not JSON: ${(cause as Error).message}`;
  }
}
