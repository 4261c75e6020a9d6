import type { Reading } from '../../index.js';

/** Whether all inputs have one clock: nothing can be late by the event then. */
export function isOneClock(readings: readonly Reading[]): boolean {
  return readings.length > 0 && readings.every(({ columns }) => columns.position.arrival < 0);
}
