import type { Instant, Recording } from '../../index.js';

export interface Played {
  /**
   * How many fixes there are, and the first and the last arrival time, in µs: `undefined` of a stream, since nobody
   * knows what is still to come.
   */
  readonly fixes: number;
  readonly span: Recording['span'];
  /** The arrival time that the replay will end with, in µs. */
  readonly end: Instant;
  /** How many fixes have been played, and when the last of them arrived, in µs. */
  readonly judged: number;
  readonly at: Instant | undefined;
}

/** Which share of a recording has been played, from 0 to 1: of its fixes, or of its time if it is to end before the last of them. */
export function playedShare({ fixes, span, end, judged, at = -Infinity }: Played): number | undefined {
  if (!span) return undefined;
  if (end >= span.last) return judged / fixes;
  return Math.min(1, Math.max(0, (at - span.first) / (end - span.first)));
}
