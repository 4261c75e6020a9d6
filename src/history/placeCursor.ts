import type { Cursor } from '../domain/Appended.js';
import { InvalidCursor } from '../domain/Past.js';
import type { Placed } from './Placed.js';

const CURSOR = /^(-?\d{1,16})_(-?\d{1,16})_([01])_(\d{1,15})$/;

export function formatPlace({ event, arrival, file, start }: Placed): Cursor {
  return [event, arrival, file, start].join('_');
}

/** @throws InvalidCursor if it is not such a place */
export function parsePlace(cursor: Cursor): Placed {
  const [all, event, arrival, file, start] = CURSOR.exec(cursor) ?? [];
  if (all === undefined) throw new InvalidCursor(cursor);
  return { event: Number(event), arrival: Number(arrival), file: Number(file), start: Number(start), bytes: 0 };
}
