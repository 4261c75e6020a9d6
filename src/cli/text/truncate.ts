import { escaped } from '../../domain/shown.js';
import { widthOf } from './widthOf.js';

/** A text without what a terminal might obey, cut to a width in columns. */
export function truncate(text: string, max: number): string {
  const safe = escaped(text);
  if (widthOf(safe) <= max) return safe;
  let [start, room] = ['', max - 1];
  for (const character of safe) {
    room -= widthOf(character);
    if (room < 0) break;
    start += character;
  }
  return `${start}…`;
}
