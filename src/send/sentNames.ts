import { PLACE_KEY } from './fixText.js';

/** The names of the extra columns as the keys of what is sent: one that is called as the key of the place gets another. */
export function sentNames(extra: readonly string[]): readonly string[] {
  const free = (number: number): string => {
    const name = `${PLACE_KEY}_${number}`;
    return extra.includes(name) ? free(number + 1) : name;
  };
  return extra.map((name) => (name === PLACE_KEY ? free(2) : name));
}
