import { flatObject, type FlatObject } from './flatObject.js';

const OPEN = /[ \t\r\n]*\[/y;
const NEXT = /[ \t\r\n]*([,\]])/y;
const BLANK = /^[ \t\r\n]*$/;

/** The objects of a text that is one, or a list of some, if all are as `flatObject` reads them; `undefined` for any other. */
export function flatList(text: string): readonly FlatObject[] | undefined {
  OPEN.lastIndex = 0;
  if (!OPEN.test(text)) {
    const only = flatObject(text, 0);
    return only && isBlank(text, only.to) ? [only] : undefined;
  }
  const all: FlatObject[] = [];
  for (let at = OPEN.lastIndex; ; at = NEXT.lastIndex) {
    const next = flatObject(text, at);
    if (!next) return undefined;
    all.push(next);
    NEXT.lastIndex = next.to;
    const [, sign] = NEXT.exec(text) ?? [];
    if (sign === undefined) return undefined;
    if (sign === ']') return isBlank(text, NEXT.lastIndex) ? all : undefined;
  }
}

function isBlank(text: string, from: number): boolean {
  return from === text.length || BLANK.test(text.slice(from));
}
