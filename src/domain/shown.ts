const MAX_LENGTH = 80;
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu; // the others turn the direction of what follows

/** A value as an error message shows it: in quotes, control characters escaped, cut to 80 characters. */
export function shown(value: string): string {
  return escaped(JSON.stringify(value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value));
}

/** A text without control characters, which a terminal might obey: each is written as its code. */
export function escaped(text: string): string {
  return text.replace(CONTROL, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
