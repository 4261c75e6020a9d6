/**
 * Writes a whole number from a byte on: 7 bits a byte from the lowest on, of which all but the last have the 8th set (LEB128).
 *
 * @returns where it ends
 */
export function writeNumber(bytes: Buffer, at: number, number: number): number {
  for (; number >= 128; number = Math.floor(number / 128)) bytes[at++] = 128 + (number % 128);
  bytes[at] = number;
  return at + 1;
}
