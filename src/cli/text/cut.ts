import { escaped } from '../../domain/shown.js';
import { widthOf } from './widthOf.js';

/** A text without what a terminal might obey, cut to so many of its columns. */
export function cut(text: string, most: number): string {
  const safe = escaped(text);
  if (widthOf(safe) <= most) return safe;
  let [start, room] = ['', most - 1];
  for (const character of safe) {
    room -= widthOf(character);
    if (room < 0) break;
    start += character;
  }
  return `${start}…`;
}
