/** A column, by its name or by its number from 1. */
export type ColumnRef = { readonly name: string } | { readonly number: number };

/** A name in quotes, where `""` is a quote, and a number. */
const QUOTED = /^\s*"((?:[^"]|"")*)"\s*$/;
const NUMBER = /^\s*#(\d{1,6})\s*$/;

/**
 * Understands which columns a part is read from: `NAME`, `"NAME"`, `#3`, or several of them, `DATE+TIME`.
 * `undefined` for a quote that is not closed or stands within a name.
 */
export function columnSpec(text: string): readonly ColumnRef[] | undefined {
  return splitOutsideQuotes(text, '+')?.map((piece) => {
    const [, quoted] = QUOTED.exec(piece) ?? [];
    const [, number] = NUMBER.exec(piece) ?? [];
    if (quoted !== undefined) return { name: quoted.replaceAll('""', '"') };
    return number === undefined ? { name: piece.trim() } : { number: Number(number) };
  });
}

/** Splits a text at a separator outside quotes; `undefined` if a quote is not closed. */
export function splitOutsideQuotes(text: string, separator: string): readonly string[] | undefined {
  const pieces: string[] = [];
  let [quoted, from] = [false, 0];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== separator || quoted) continue;
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  return quoted ? undefined : [...pieces, text.slice(from)];
}

/** Writes a name so that `columnSpec` reads it, and `--columns` does. */
export function formatColumn(name: string): string {
  return /[",+=]|^#|^@|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
