import type { Cursor } from './Appended.js';
import { InvalidCursor } from './Past.js';

/** Where a page ends, and of which state it is: pages after it are of the same one. Neither has a `~` in it. */
export interface PageCursor {
  readonly place: string;
  /** Where that state ends. */
  readonly state: Cursor;
}

export function formatPageCursor({ place, state }: PageCursor): Cursor {
  return `${place}~${state}`;
}

/** @throws InvalidCursor if it is not one */
export function parsePageCursor(cursor: Cursor): PageCursor {
  const [place, state, ...others] = cursor.split('~');
  if (place === undefined || state === undefined || others.length > 0) throw new InvalidCursor(cursor);
  return { place, state };
}
