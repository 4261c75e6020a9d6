import type { Readable } from 'node:stream';
import type { NamedFix } from '../domain/Appended.js';
import type { Past, Span } from '../domain/Past.js';
import type { DocumentFormat } from '../formats/DocumentFormat.js';
import { trackDocument } from '../formats/trackDocument.js';
import { trip } from '../query/trip.js';
import { fromBatches } from '../rx/fromBatches.js';
import { readableOf } from '../rx/readableOf.js';

interface TrackAsked {
  readonly device: string;
  readonly span: Span;
  readonly copies: boolean;
  readonly signal: AbortSignal;
}

/** All of a track as one document, or nothing if there is no fix in it. Holds a page at a time. */
export async function trackBody(format: DocumentFormat, past: Past, asked: TrackAsked): Promise<Readable | undefined> {
  for await (const { length } of pages(past, asked)) {
    if (length > 0) return readableOf((ready) => trackDocument(format, tripsOf(past, asked, ready)));
  }
  return undefined;
}

const tripsOf =
  (past: Past, asked: TrackAsked, ready: () => Promise<unknown> | undefined): Parameters<typeof trackDocument>[1] =>
  ({ knownAt = asked.span.knownAt } = {}) =>
    fromBatches(pages(past, { ...asked, span: { ...asked.span, knownAt } }), ready).pipe(trip());

async function* pages(past: Past, { device, span, copies, signal }: TrackAsked): AsyncGenerator<readonly NamedFix[], void, undefined> {
  for await (const { fixes, extra } of past.track(device, span, { copies, signal })) yield fixes.map((fix) => ({ fix, extra }));
}
