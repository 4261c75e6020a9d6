import type { Instant } from './instant.js';

/** A moment so many seconds later; earlier, if they are negative. */
export function secondsLater(instant: Instant, seconds: number): Instant {
  return instant + seconds * 1e6;
}
