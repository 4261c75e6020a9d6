import { escaped } from '../../domain/shown.js';
import { widthOf } from './widthOf.js';

/** The columns of a terminal that an id may take: those that people use, UUIDs the longest, take less. */
const MAX_WIDTH = 40;

/** Ids as people are shown them: what is longer is cut in its middle, unless two would look alike. */
export function shortIds(ids: readonly string[]): readonly string[] {
  const safe = ids.map(escaped);
  for (let max = MAX_WIDTH; ; max *= 2) {
    const short = safe.map((id) => cutWithin(id, max));
    if (new Set(short).size === new Set(safe).size) return short;
  }
}

function cutWithin(text: string, max: number): string {
  if (widthOf(text) <= max) return text;
  const characters = Array.from(text);
  const start = startOf(characters, Math.ceil((max - 1) / 2));
  const end = startOf(characters.reverse(), Math.floor((max - 1) / 2));
  return `${start.join('')}…${end.reverse().join('')}`;
}

function startOf(characters: readonly string[], max: number): string[] {
  let width = 0;
  const end = characters.findIndex((character) => (width += widthOf(character)) > max);
  return characters.slice(0, end);
}
