import type { Cursor } from '../../domain/Appended.js';
import { InvalidCursor } from '../../domain/Past.js';
import type { FixRow } from './FixRow.js';

/** A place in a track of a store: the fix that it goes on after. */
export type TrackPlace = Pick<FixRow, 'event_time' | 'arrival' | 'seq'>;

const CURSOR = /^(-?\d{1,16})_(-?\d{1,16})_(\d{1,16})$/;

export function formatTrackCursor({ event_time, arrival, seq }: TrackPlace): Cursor {
  return [event_time, arrival, seq].join('_');
}

/** @throws InvalidCursor if it is not such a place */
export function parseTrackCursor(cursor: Cursor): TrackPlace {
  const [all, event, arrival, seq] = CURSOR.exec(cursor) ?? [];
  if (all === undefined) throw new InvalidCursor(cursor);
  return { event_time: Number(event), arrival: Number(arrival), seq: Number(seq) };
}
