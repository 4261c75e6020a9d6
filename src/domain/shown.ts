const LONGEST = 80;

/** A value as an error message shows it: in quotes, control characters escaped, cut to 80 characters. */
export function shown(value: string): string {
  const quoted = JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  return quoted.replace(/[\u007f-\u009f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}
