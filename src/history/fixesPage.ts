import type { LateFix, NamedFix } from '../domain/Appended.js';
import type { Steps } from '../domain/finish.js';
import { formatPageCursor } from '../domain/PageCursor.js';
import type { FixesOptions, FixesPage, Span } from '../domain/Past.js';
import type { History } from './History.js';
import { pageStart } from './pageStart.js';
import { inPlacedOrder, type Placed } from './Placed.js';
import { formatPlace } from './placeCursor.js';

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1024;
/** A page ends after rows of this many bytes, however few they are. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A page of the fixes of all devices within a span; those after the first are of the state of the first. Holds 16 MiB of rows,
 * or one row.
 *
 * @throws InvalidCursor
 */
export function* fixesPage(history: History, span: Span, { after: cursor, limit = PAGE_FIXES }: FixesOptions): Steps<FixesPage> {
  const { after, state, isIn } = pageStart(history, cursor);
  const compare = inPlacedOrder(span.by);
  const from = Math.max(span.from, after?.[span.by] ?? -Infinity);
  const [changes, late] = [[] as NamedFix[], [] as LateFix[]];
  let bytes = 0;
  let last: Placed | undefined;
  for (const places of history.placesInSteps({ ...span, from }, limit + 1)) {
    yield;
    for (const place of places ?? []) {
      if (after && compare(place, after) <= 0) continue;
      if (!isIn(place)) continue;
      if (last && (changes.length + late.length === limit || bytes > MAX_BYTES)) {
        return { changes, late, next: formatPageCursor({ place: formatPlace(last), state }), cursor: state };
      }
      const row = history.row(place);
      if (place.file === 0) changes.push({ fix: row.fix, extra: row.extra });
      else late.push(row);
      bytes += place.bytes;
      last = place;
      yield;
    }
  }
  return { changes, late, next: undefined, cursor: state };
}
