/** How many characters a latitude, a longitude or a speed may have: a double never needs more than 25. */
export const LONGEST_NUMBER = 64;

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a text is a number within bounds, written in decimal. */
export function isNumber(text: string, min: number, max: number): boolean {
  const number = Number(text);
  return number >= min && number <= max && text.length <= LONGEST_NUMBER && NUMBER.test(text);
}
