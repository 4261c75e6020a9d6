import type { Cursor } from '../domain/Appended.js';
import { parsePageCursor } from '../domain/PageCursor.js';
import { InvalidCursor } from '../domain/Past.js';
import { parseCursor } from '../tail/LogCursor.js';
import type { History } from './History.js';
import type { Placed } from './Placed.js';
import { parsePlace } from './placeCursor.js';

/** Where a page begins, and of which state of the log it is. */
export interface PageStart {
  /** It has what comes after this; `undefined` for the first page. */
  readonly after: Placed | undefined;
  /** Where the state of the first page ends. */
  readonly state: Cursor;
  /** Whether a place was there in that state. */
  readonly isIn: (place: Placed) => boolean;
}

/**
 * What the `next` of the page before says; without one it is the first page, of all that the history has.
 *
 * @throws InvalidCursor if it is not a cursor, or its state is not one of this log: another has taken its place, or it was cut off
 */
export function pageStart(history: History, cursor: Cursor | undefined): PageStart {
  if (cursor === undefined) return { after: undefined, state: history.cursor, isIn: () => true };
  const { place, state } = parsePageCursor(cursor);
  const after = parsePlace(place);
  const isIn = placesIn(history, state);
  if (!isIn) throw new InvalidCursor(cursor, 'the log is another one by now: ask anew');
  return { after, state, isIn };
}

/** Tells which places were there in an earlier state: what is appended goes to the ends of the files. */
function placesIn({ run, places }: History, state: Cursor): PageStart['isIn'] | undefined {
  const end = parseCursor(state);
  const ends = end && [end.changes, end.late];
  if (end?.run !== run || places.some(({ to }, file) => to < ends![file]!)) return undefined;
  return ({ file, start }) => start < ends![file]!;
}
