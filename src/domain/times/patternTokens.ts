/** A part of a pattern: letters with a meaning, like `yyyy`, or else a text that stands for itself. */
export interface PatternToken {
  readonly letters: string;
  readonly literal: string;
}

const TOKEN = /''|'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g;

/**
 * The parts of a pattern of date-fns: what is in single quotes stands for itself, and two of them for one.
 *
 * @throws Error if a quote is not closed.
 */
export function patternTokens(pattern: string): readonly PatternToken[] {
  const tokens = [...pattern.matchAll(TOKEN)].map(([text, letter]) => ({
    text,
    letters: letter === undefined ? '' : text,
    literal: letter === undefined ? unquoted(text) : '',
  }));
  if (tokens.map(({ text }) => text).join('') !== pattern)
    throw new Error("has a single quote that is not closed: write '' for the character");
  return tokens;
}

function unquoted(text: string): string {
  if (text === "''") return "'";
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}
