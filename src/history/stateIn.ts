import type { Cursor } from '../domain/Appended.js';
import { parseCursor } from '../tail/LogCursor.js';
import type { History } from './History.js';
import type { Placed } from './Placed.js';

/**
 * Tells which places of a log were there in an earlier state of it, of which the end is known: what is appended goes to the ends
 * of its files. `undefined` if that is the end of no state of this log: another has taken its place, or it was cut off.
 */
export function stateIn({ run, places }: History, state: Cursor): ((place: Placed) => boolean) | undefined {
  const end = parseCursor(state);
  const ends = end && [end.changes, end.late];
  if (end?.run !== run || places.some(({ to }, file) => to < ends![file]!)) return undefined;
  return ({ file, start }) => start < ends![file]!;
}
