import type { LateFix } from '../domain/Appended.js';
import { fixObject } from '../domain/fixObject.js';

/** A fix that was no change, as JSON has it. */
export function lateObject({ fix, extra, reason, latestEventTime }: LateFix) {
  return { ...fixObject(fix, extra), reason, latest_event_time: latestEventTime };
}
