import type { Instant } from '../../domain/instant.js';
import type { Span } from './spanOf.js';
import type { Stretch } from './Stretch.js';

/** The shortest stretch that is shown, in µs. */
const SHORTEST = 5e6;

/** A stretch that is so many times as long, in which a moment stays at its place. */
export function zoomed({ from, to }: Stretch, times: number, around: Instant): Stretch {
  const length = Math.max(SHORTEST, (to - from) * times);
  const share = to > from ? (Math.max(from, Math.min(around, to)) - from) / (to - from) : 0.5;
  const start = Math.round(around - share * length);
  return { from: start, to: Math.round(start + length) };
}

/** A stretch of the same length that is within the recording; `undefined` for all of that. */
export function within({ from, to }: Stretch, { first, last }: Span): Stretch | undefined {
  const length = Math.max(to - from, Math.min(SHORTEST, last - first));
  if (length >= last - first) return undefined;
  const start = Math.max(first, Math.min(from, last - length));
  return { from: start, to: start + length };
}
