const ZERO = 48;

/** Whether a byte is one of 0 to 9. */
export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}
