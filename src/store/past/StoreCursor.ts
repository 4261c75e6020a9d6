import type { Cursor } from '../../domain/Appended.js';

/** A commit, and when it was made, in µs by the clock of the database; before the first it is 0, made at 0. */
export interface CommitPlace {
  readonly pos: number;
  readonly at: number;
}

/**
 * A place in the feed of a store: all of a commit, and of the one after it the rows up to one. `at` is when the last of the two
 * was made that has a part in it: in a database that was restored, commits of the same `pos` are others.
 */
export interface StoreCursor extends CommitPlace {
  /** The last row that is before it of the commit after `pos`; `undefined` if that has not begun. */
  readonly row: { readonly arrival: number; readonly seq: number } | undefined;
  /** That of the store. */
  readonly id: string;
}

const CURSOR = /^(\d{1,15})(?:\.(-?\d{1,16})\.(\d{1,16}))?-(\d{1,16})-([\w-]{1,64})$/;

export function formatStoreCursor({ pos, row, at, id }: StoreCursor): Cursor {
  return `${pos}${row ? `.${row.arrival}.${row.seq}` : ''}-${at}-${id}`;
}

/** What a cursor says; `undefined` if it is not one. */
export function parseStoreCursor(cursor: Cursor): StoreCursor | undefined {
  const [all, pos, arrival, seq, at, id] = CURSOR.exec(cursor) ?? [];
  if (all === undefined) return undefined;
  const row = arrival === undefined ? undefined : { arrival: Number(arrival), seq: Number(seq) };
  return { pos: Number(pos), row, at: Number(at), id: id! };
}

/** The last commit that has a part in a place. */
export function reachOf({ pos, row }: StoreCursor): number {
  return row ? pos + 1 : pos;
}

/** Whether a place is not before another one. */
export function isReached(place: StoreCursor, end: StoreCursor): boolean {
  if (place.pos !== end.pos) return place.pos > end.pos;
  if (!end.row || !place.row) return !end.row;
  return place.row.arrival === end.row.arrival ? place.row.seq >= end.row.seq : place.row.arrival > end.row.arrival;
}
