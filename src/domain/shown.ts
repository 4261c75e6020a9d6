const LONGEST = 80;

/** A value as an error message shows it: in quotes, control characters escaped, cut to 80 characters. */
export function shown(value: string): string {
  return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
}
