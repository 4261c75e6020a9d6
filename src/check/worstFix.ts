import { formatInstant } from '../domain/instant.js';
import { timeOrNull } from './timeOrNull.js';
import type { Worst } from './Worst.js';

export interface WorstFix {
  readonly device_id: string;
  readonly time: string;
  readonly event_time: string;
  /** The event time of the one that was held, if there was one. */
  readonly latest_event_time: string | null;
  readonly seconds: number;
}

/** The fix with the largest of some duration, as the report lists it; `null` if there is none. */
export function worstFix(worst: Worst | undefined): WorstFix | null {
  if (!worst) return null;
  const { fix, by, held } = worst;
  return {
    device_id: fix.device,
    time: formatInstant(fix.arrival),
    event_time: formatInstant(fix.event),
    latest_event_time: timeOrNull(held),
    seconds: by / 1e6,
  };
}
