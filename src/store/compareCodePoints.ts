/** Where the halves of characters beyond the BMP begin, and what comes after them in it. */
const [HALVES, AFTER] = [0xd800, 0xe000];

/** The order of two texts by their code points, which is that of their UTF-8, and of the collation "C". */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (one !== other) return ranked(one) - ranked(other);
  }
  return a.length - b.length;
}

/** A half goes behind all whole characters. */
function ranked(unit: number): number {
  return unit < HALVES ? unit : unit < AFTER ? unit + (0x10000 - HALVES) : unit - (AFTER - HALVES);
}
