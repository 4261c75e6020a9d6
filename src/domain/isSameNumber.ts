/**
 * Whether two texts are the same number, however they are written; a measure that is not known, an empty text, is the
 * same as itself alone.
 */
export function isSameNumber(a: string, b: string): boolean {
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}
