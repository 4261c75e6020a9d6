import type { Instant } from './instant.js';

/** By how many whole seconds to shift what is at one moment so that it falls into the second of another. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.floor(to / 1e6) - Math.floor(from / 1e6);
}
