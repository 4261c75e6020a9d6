import type { Instant } from '../../domain/instant.js';

/** How old the knowledge of a device is, in three steps. */
export type Freshness = 'fresh' | 'ageing' | 'old';

/** Up to how many seconds of age a fix is called so. */
export const FRESH = 60;
export const AGEING = 600;

/** What the age of a fix is called at a moment. */
export function freshness(event: Instant, at: Instant): Freshness {
  const seconds = (at - event) / 1e6;
  return seconds < FRESH ? 'fresh' : seconds < AGEING ? 'ageing' : 'old';
}
