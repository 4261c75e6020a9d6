import { LONGEST_NAME } from '../../recording/formats/foundColumns.js';

/** A key and a value that is none of an object, a list or a text with escapes; and what is behind it. */
const MEMBER = /[ \t\r\n]*"([^"\\\p{Cc}]+)"[ \t\r\n]*:[ \t\r\n]*(?:"([^"\\\p{Cc}]*)"|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))[ \t\r\n]*([,}])/uy;
const START = /[ \t\r\n]*\{/y;

/** What a JSON object says, and where in the text it starts and ends. */
export interface FlatObject {
  readonly fields: ReadonlyMap<string, string>;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a JSON object that has neither objects nor lists in it, nor escapes, nor a key twice, as `fieldsIn` reads it;
 * `undefined` for any other, and for what is not JSON. It takes a tenth of the time.
 *
 * @param at where it starts, blanks before it included
 */
export function flatObject(text: string, at: number): FlatObject | undefined {
  START.lastIndex = at;
  if (!START.test(text)) return undefined;
  const from = START.lastIndex - 1;
  const fields = new Map<string, string>();
  for (MEMBER.lastIndex = START.lastIndex; ; ) {
    const found = MEMBER.exec(text);
    if (!found) return undefined;
    const key = found[1]!;
    if (fields.has(key) || key.length > LONGEST_NAME) return undefined;
    const value = found[2] ?? found[3]!;
    fields.set(key, found[2] === undefined && value === 'null' ? '' : value);
    if (found[4] === '}') return { fields, from, to: MEMBER.lastIndex };
  }
}
