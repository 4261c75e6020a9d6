import type { Fix } from '../domain/fix.js';
import { formatPageCursor } from '../domain/PageCursor.js';
import type { Span, TrackOptions, TrackPage } from '../domain/Past.js';
import type { History, Passed } from './History.js';
import { pageStart } from './pageStart.js';
import { formatPlace } from './placeCursor.js';

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1024;
/** A page ends after rows of this many bytes, however few they are. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * A track in pages, all of the state of the first. `undefined` is not a page, but a step towards the next. Holds 16 MiB of rows,
 * or one row.
 *
 * @throws InvalidCursor
 */
export function* trackPages(
  history: History,
  device: string,
  span: Span,
  { limit = PAGE_FIXES, after: cursor, copies: withCopies = false }: TrackOptions,
): Generator<TrackPage | undefined, void, undefined> {
  const { after, state, isIn } = pageStart(history, cursor);
  const from = Math.max(span.from, after?.[span.by] ?? -Infinity);
  const { extra } = history;
  let [fixes, bytes, copies] = [[] as Fix[], 0, 0];
  let last: Passed | undefined;
  for (const next of history.trackInSteps(device, { ...span, from }, { after, isIn })) {
    const isLeftOut = next?.isCopy === true && !withCopies;
    if (next && !isLeftOut && (fixes.length === limit || bytes > MAX_BYTES)) {
      yield { fixes, extra, copies, next: formatPageCursor({ place: formatPlace(last!.place), state }), cursor: state };
      [fixes, bytes, copies] = [[], 0, 0];
    }
    if (isLeftOut) copies++;
    else if (next) {
      fixes.push(next.fix);
      bytes += next.place.bytes;
    }
    last = next ?? last;
    yield;
  }
  yield { fixes, extra, copies, next: undefined, cursor: state };
}
