import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';

/** Which moment is looked at, and by which clock. */
export interface Moment {
  readonly at: Instant | 'live';
  readonly by: Clock;
}
