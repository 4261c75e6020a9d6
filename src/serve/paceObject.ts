import type { Pace } from '../live/Pacing.js';

/** A pace as JSON has it. */
export function paceObject({ paused, rate }: Pace) {
  return { paused, rate: rate === Infinity ? ('max' as const) : rate };
}
