import { widthOf } from './widthOf.js';

/** A text with blanks after it, so that it takes so many columns of a terminal at least. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
