/** The microseconds that the digits of a fraction of a second say, the rest cut. */
export function fractionOf(digits = ''): number {
  return Number(digits.slice(0, 6).padEnd(6, '0'));
}
