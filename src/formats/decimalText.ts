/** Digits enough for what a double says below 1. */
const MAX_DIGITS = 20;

/** A number without an exponent, which XML's decimal numbers do not have; as it is written, if it has none. */
export function decimalText(text: string): string {
  if (!/e/i.test(text)) return text;
  const digits = Number(text).toFixed(MAX_DIGITS);
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end);
}
