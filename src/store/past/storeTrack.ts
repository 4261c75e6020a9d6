import { Copies, type Copied } from '../../domain/Copies.js';
import { formatPageCursor } from '../../domain/PageCursor.js';
import type { Span, TrackOptions, TrackPage } from '../../domain/Past.js';
import type { Queries } from '../Database.js';
import { pageStart } from './pageStart.js';
import { stateOf } from './stateOf.js';
import { formatStoreCursor } from './StoreCursor.js';
import { fixIn, type FixRow } from './FixRow.js';
import { formatTrackCursor, type TrackPlace } from './TrackCursor.js';
import { trackRows } from './trackRows.js';

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1024;
/** Rows that are read together, at most. */
const MAX_ROWS = 4096;
/** A page ends, and rows are read, up to so many bytes of further columns, however few rows they are. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface StoreTrackOptions extends TrackOptions {
  readonly device: string;
  readonly span: Span;
}

/**
 * A track of a store in pages, all of the state of the first; but for what has come since and was corrected, which cannot be
 * told from it. Holds the rows of a page, and 4,096 more: of each up to 16 MiB of further columns, or one row.
 *
 * @param schema its name, quoted
 * @throws InvalidCursor
 */
export async function* storeTrack(
  queries: Queries,
  schema: string,
  { device, span, after, limit = PAGE_FIXES, copies: withCopies = false, signal }: StoreTrackOptions,
): AsyncGenerator<TrackPage, void, undefined> {
  signal?.throwIfAborted();
  const now = await stateOf(queries, schema);
  const { extra } = now;
  const { after: begin, state } = pageStart(after, now);
  const known = span.by === 'event' ? new Copies() : undefined;
  let page: FixRow[] = [];
  let [copies, bytes] = [0, 0];
  const cursor = formatStoreCursor(state);
  const finished = (end?: TrackPlace): TrackPage => {
    const next = end && formatPageCursor({ place: formatTrackCursor(end), state: cursor });
    const made = { fixes: page.map((row) => fixIn(row, extra)), extra, copies, next, cursor };
    [page, copies, bytes] = [[], 0, 0];
    return made;
  };
  let last = begin && known ? { ...begin, arrival: -Infinity } : begin; // of its moment, since others may be copies of those
  const most = Math.min(limit + 1, MAX_ROWS);
  for (let isEnd = false; !isEnd; ) {
    signal?.throwIfAborted();
    const read = await trackRows(queries, schema, { device, span, after: last, upTo: state.pos, limit: most, maxBytes: MAX_BYTES });
    for (const row of read.rows) {
      const isLeftOut = known?.isCopy(copied(row)) === true && !withCopies;
      if (!begin || !known || isAfter(row, begin)) {
        if (!isLeftOut && (page.length === limit || bytes > MAX_BYTES)) yield finished(last);
        if (isLeftOut) copies++;
        else {
          page.push(row);
          bytes += row.bytes;
        }
      }
      last = row;
    }
    ({ isEnd } = read);
  }
  yield finished();
}

function copied({ event_time, lat, lon, speed }: FixRow): Copied {
  return { event: event_time, latitude: lat, longitude: lon, speed: speed ?? undefined };
}

/** Whether a row comes after a place by event time. */
function isAfter(row: FixRow, place: TrackPlace): boolean {
  return (row.event_time - place.event_time || row.arrival - place.arrival || row.seq - place.seq) > 0;
}
