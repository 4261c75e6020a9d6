import { shown } from '../domain/shown.js';
import type { History, Passed } from '../history/History.js';
import type { Span } from '../history/trackIn.js';
import { HttpError } from './HttpError.js';

const CURSOR = /^(-?\d{1,16})_(-?\d{1,16})_([01])_(\d{1,15})$/;

/** A page of a track, and from where the next one goes on; `null` after the last. */
export interface TrackPage {
  readonly passed: readonly Passed[];
  readonly next: string | null;
}

/** At most so many fixes of a track, after those that a cursor has seen. @throws HttpError 400 for what is no cursor */
export function pageOf(history: History, device: string, span: Span, limit: number, cursor?: string): TrackPage {
  const after = cursor === undefined ? undefined : placeIn(cursor);
  const passed: Passed[] = [];
  for (const next of history.track(device, { ...span, from: Math.max(span.from, after?.[span.by] ?? -Infinity) }, after)) {
    if (passed.length === limit) return { passed, next: cursorOf(passed.at(-1)!) };
    passed.push(next);
  }
  return { passed, next: null };
}

function cursorOf({ place: { event, arrival, file, start } }: Passed): string {
  return [event, arrival, file, start].join('_');
}

function placeIn(cursor: string): Passed['place'] {
  const [all, event, arrival, file, start] = CURSOR.exec(cursor) ?? [];
  if (all === undefined) throw new HttpError(400, 'bad-request', `after ${shown(cursor)} is not a cursor: give the next of the page before`);
  return { event: Number(event), arrival: Number(arrival), file: Number(file), start: Number(start), bytes: 0 };
}
