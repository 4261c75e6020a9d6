import type { Cursor } from '../../domain/Appended.js';
import { parsePageCursor } from '../../domain/PageCursor.js';
import { InvalidCursor } from '../../domain/Past.js';
import type { StoreState } from './stateOf.js';
import { parseStoreCursor, type StoreCursor } from './StoreCursor.js';
import { parseTrackCursor, type TrackPlace } from './TrackCursor.js';

/** Where a page begins, and of which state of the store it is. */
export interface PageStart {
  /** It has what comes after this; `undefined` for the first page. */
  readonly after: TrackPlace | undefined;
  /** The last commit of the state of the first page. */
  readonly state: StoreCursor;
}

/**
 * What the `next` of the page before says; without one it is the first page, of the state of now.
 *
 * @throws InvalidCursor if it is not a cursor, or its state is not one of this store
 */
export function pageStart(cursor: Cursor | undefined, now: StoreState): PageStart {
  if (cursor === undefined) return { after: undefined, state: now };
  const before = parsePageCursor(cursor);
  const after = parseTrackCursor(before.place);
  const state = parseStoreCursor(before.state);
  if (state?.id !== now.id || state.row || state.pos > now.pos)
    throw new InvalidCursor(cursor, 'the store is another one by now, or behind it: ask anew');
  return { after, state };
}
