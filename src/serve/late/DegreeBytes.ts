const [MINUS, POINT, ZERO] = [45, 46, 48] as const;
/** So many digits make an integer that a double holds; those after it are less than a nanometre. */
const EXACT = 15;
/** Of longer ones not every power of ten would be exact. */
const LONGEST = 24;
const POWERS = Float64Array.from({ length: LONGEST }, (_, power) => 10 ** power);

/** Reads degrees like `-12.5` from bytes: the first 15 digits of them. */
export class DegreeBytes {
  /** What was read last. */
  degrees = 0;

  /** Reads those that start at a place; gives where they end, or -1 if there are none, more than `limit` to either side. */
  read(bytes: Buffer, start: number, limit: number): number {
    const from = bytes[start] === MINUS ? start + 1 : start;
    let at = from;
    let whole = 0;
    let digits = 0;
    let decimals = 0;
    let isFraction = false;
    for (; at - from < LONGEST; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (digits === EXACT) continue;
        whole = whole * 10 + digit;
        if (whole > 0) digits++;
        if (isFraction) decimals++;
      } else if (bytes[at] === POINT && !isFraction && at > from) isFraction = true;
      else break;
    }
    this.degrees = (from > start ? -whole : whole) / POWERS[decimals]!;
    return at > from && at - from < LONGEST && Math.abs(this.degrees) <= limit ? at : -1;
  }
}
