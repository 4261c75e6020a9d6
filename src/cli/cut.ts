import { escaped } from '../index.js';

/** A text without what a terminal might obey, cut to so many characters. */
export function cut(text: string, most: number): string {
  const characters = Array.from(escaped(text));
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}
