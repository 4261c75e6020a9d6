import type { Steps } from '../domain/finish.js';
import { shown } from '../domain/shown.js';
import type { History, Passed } from '../history/History.js';
import type { Span } from '../history/trackIn.js';
import { HttpError } from './HttpError.js';

const CURSOR = /^(-?\d{1,16})_(-?\d{1,16})_([01])_(\d{1,15})$/;
/** A page ends after so many bytes of rows, however few those are. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A page of a track, and from where the next one goes on; `null` after the last. */
export interface TrackPage {
  readonly passed: readonly Passed[];
  /** How many copies of fixes were left out. */
  readonly copies: number;
  readonly next: string | null;
}

export interface PageOptions {
  /** How many fixes at most. */
  readonly limit: number;
  /** The cursor of the page before. */
  readonly after?: string | undefined;
  /** Whether copies are not left out. */
  readonly copies: boolean;
}

/** The fixes of a track after those that a cursor has seen. Holds 16 MiB. @throws HttpError 400 for what is no cursor */
export function* pageOf(history: History, device: string, span: Span, { limit, after: cursor, copies: all }: PageOptions): Steps<TrackPage> {
  const after = cursor === undefined ? undefined : placeIn(cursor);
  const passed: Passed[] = [];
  let [bytes, copies] = [0, 0];
  let last: Passed | undefined;
  for (const next of history.trackInSteps(device, { ...span, from: Math.max(span.from, after?.[span.by] ?? -Infinity) }, after)) {
    const isLeftOut = next?.isCopy === true && !all;
    if (next && !isLeftOut && (passed.length === limit || bytes > MOST_BYTES)) return { passed, copies, next: cursorOf(last!) };
    if (isLeftOut) copies++;
    else if (next) {
      passed.push(next);
      bytes += next.place.bytes;
    }
    last = next ?? last;
    yield;
  }
  return { passed, copies, next: null };
}

function cursorOf({ place: { event, arrival, file, start } }: Passed): string {
  return [event, arrival, file, start].join('_');
}

function placeIn(cursor: string): Passed['place'] {
  const [all, event, arrival, file, start] = CURSOR.exec(cursor) ?? [];
  if (all === undefined)
    throw new HttpError(400, 'bad-request', `after ${shown(cursor)} is not a cursor: give the next of the page before`);
  return { event: Number(event), arrival: Number(arrival), file: Number(file), start: Number(start), bytes: 0 };
}
