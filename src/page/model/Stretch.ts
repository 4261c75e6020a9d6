import type { Instant } from '../../domain/instant.js';

/** A part of the recording's time, its ends included. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}
