import type { Layout } from '../../domain/Layout.js';
import { RecordedTimes } from '../../domain/times/RecordedTimes.js';

/** How times are written, and in which zone, as of a layout. */
export interface TimesSaid {
  readonly times?: Layout['times'] | undefined;
  readonly zone?: Layout['zone'] | undefined;
}

/** What reads the times of both clocks, as it is said how they are written. @throws Error for a pattern or a zone that is not valid */
export function timesOf({ times, zone }: TimesSaid): Readonly<Record<'event' | 'arrival', RecordedTimes>> {
  return {
    event: new RecordedTimes({ times: times?.event, zone: zone?.event }),
    arrival: new RecordedTimes({ times: times?.arrival, zone: zone?.arrival }),
  };
}
