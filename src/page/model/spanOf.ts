import type { Instant } from '../../domain/instant.js';
import type { Status } from '../api/served.js';
import { instantOf } from './instantOf.js';

/** From when to when a recording is, as instants. */
export interface Span {
  readonly first: Instant;
  /** The end of the recording, also while that is still replayed. */
  readonly last: Instant;
  /** How far it is known. */
  readonly newest: Instant;
}

/** The span that the server tells; `undefined` while nothing has arrived. */
export function spanOf({ span, stream_time }: Pick<Status, 'span' | 'stream_time'>): Span | undefined {
  if (span === null) return undefined;
  const first = instantOf(span.first);
  return { first, last: instantOf(span.last), newest: stream_time === null ? first : instantOf(stream_time) };
}
