import { PLAIN, type Zone } from './Zone.js';

const MINUTE = 60_000_000;

/** A zone whose clocks are always so many minutes ahead of UTC. */
export function fixedZone(minutes: number): Zone {
  return { place: (wall) => ({ instant: wall - minutes * MINUTE, kind: PLAIN }) };
}
