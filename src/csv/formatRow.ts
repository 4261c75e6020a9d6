/** Blanks at an edge too: unquoted, they mean nothing in a recording. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Writes fields as one CSV line, ended by LF. */
export function formatRow(fields: readonly string[]): string {
  return `${fields.map(formatField).join(',')}\n`;
}

/** Writes one field of a CSV line, in quotes if RFC 4180 says that it needs them. */
export function formatField(field: string): string {
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
