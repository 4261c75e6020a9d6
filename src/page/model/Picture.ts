import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';
import type { Displaced } from './displacement.js';
import type { Vehicle } from './Fleet.js';
import type { Sighting } from './Sighting.js';

/** The fleet as of a moment, and what the last step changed of it. */
export interface Picture {
  readonly live: boolean;
  readonly by: Clock;
  /** How many logs have taken the place of the first. */
  readonly run: number;
  /** Whether this is the whole fleet anew, and not one step more. */
  readonly whole: boolean;
  /** Whether nothing but the moment is another than in the picture before. */
  readonly still?: boolean;
  /** The moment that ages are counted to. */
  readonly at: Instant;
  /** Live it is one map that goes on changing, so read it now. */
  readonly vehicles: ReadonlyMap<string, Vehicle>;
  /** Fixes that came with this step and became their device's latest. */
  readonly changes: readonly Sighting[];
  /** Fixes that came with this step, too late for that. */
  readonly late: readonly Sighting[];
  /** Of the devices that the other clock shows at another fix: that fix, or `undefined` if it shows none. */
  readonly elsewhere: ReadonlyMap<string, Sighting | undefined>;
  /** Those of them that are displaced. */
  readonly displaced: ReadonlyMap<string, Displaced>;
  /** Whether `elsewhere` has been found out. */
  readonly compared: boolean;
}
