/** The number that four bytes, the first being the highest, spell; -1 if they are not all digits. */
export function fourDigits(word: number): number {
  const digits = word ^ 0x30303030;
  if ((digits & 0xf0f0f0f0) !== 0 || ((digits + 0x06060606) & 0xf0f0f0f0) !== 0) return -1;
  return (digits >>> 24) * 1000 + ((digits >>> 16) & 15) * 100 + ((digits >>> 8) & 15) * 10 + (digits & 15);
}
