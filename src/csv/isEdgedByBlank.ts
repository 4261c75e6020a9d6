const [BLANK, NBSP] = [32, 0xc2a0];
/** The blanks of three bytes, as numbers. */
const WIDE = new Set([
  ...[0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff],
  ...Array.from({ length: 11 }, (_, i) => 0x2000 + i),
].map((code) => Buffer.from(String.fromCharCode(code)).readUIntBE(0, 3)));

/**
 * Whether a field of UTF-8 that is not empty begins or ends with a blank, as JavaScript and csv-parse trim them, or with another
 * control character.
 */
export function isEdgedByBlank(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start]!;
  const last = bytes[end - 1]!;
  if (first <= BLANK || last <= BLANK) return true;
  return (first >= 0x80 && isWide(bytes, start, end)) || (last >= 0x80 && (isWide(bytes, end - 2, end) || isWide(bytes, end - 3, end)));
}

/** Whether a blank of several bytes starts at a place. */
function isWide(bytes: Buffer, at: number, end: number): boolean {
  if (at < 0 || at + 2 > end) return false;
  const two = (bytes[at]! << 8) | bytes[at + 1]!;
  return two === NBSP || (at + 3 <= end && WIDE.has((two << 8) | bytes[at + 2]!));
}
