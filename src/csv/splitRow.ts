import type { Dialect } from './Dialect.js';

/** The blanks that mean nothing around a field, unless they separate fields. */
const BLANK = /\s/;

/**
 * The fields of one row of a dialect, given without its line end, as csv-parse reads them: a quote within an unquoted
 * field stands for itself. `undefined` if a quote is not closed.
 */
export function splitRow(raw: string, { delimiter, trim, backslash }: Dialect): readonly string[] | undefined {
  const fields: string[] = [];
  const isBlank = (at: number) => trim && raw[at] !== delimiter && BLANK.test(raw[at] ?? '');
  const endOf = (from: number) => (raw.indexOf(delimiter, from) + 1 || raw.length + 1) - 1;
  for (let at = 0; at <= raw.length; at++) {
    while (isBlank(at)) at++;
    let text = '';
    if (raw[at] === '"') {
      const [content, close] = quoted(raw, at, backslash);
      if (close === undefined) return undefined;
      for (at = close + 1; isBlank(at); ) at++;
      if (at >= raw.length || raw[at] === delimiter) {
        fields.push(content);
        continue;
      }
      text = `"${content}`;
      at = close;
    }
    const end = endOf(at);
    text += raw.slice(at, end);
    fields.push(trim ? text.trimEnd() : text);
    at = end;
  }
  return fields;
}

/** What stands within the quotes that open at a place, and where they are closed, if they are. */
function quoted(raw: string, open: number, backslash: boolean): readonly [content: string, close: number | undefined] {
  const special = backslash ? /["\\]/g : /"/g;
  let content = '';
  for (let from = open + 1; ; ) {
    special.lastIndex = from;
    const at = special.exec(raw)?.index;
    if (at === undefined) return [content + raw.slice(from), undefined];
    content += raw.slice(from, at);
    const isEscape = raw[at] === '\\' || (!backslash && raw[at + 1] === '"');
    if (!isEscape) return [content, at];
    content += raw.charAt(at + 1);
    from = at + 2;
  }
}
