import type { Instant } from '../../domain/instant.js';
import type { Sighting } from './Sighting.js';

/** The track of a device, in the order of event times. */
export interface Track {
  readonly device: string;
  readonly fixes: readonly Sighting[];
  /** When its last fix was taken, if there is none in the time that was asked for: the track reaches back from that. */
  readonly silentSince?: Instant | undefined;
  /** Why the server gives none. */
  readonly trouble?: string | undefined;
}
