import type { Reading, SpeedUnit } from '../../index.js';

/** The unit of all speeds, if it is known, and the same wherever there are any. */
export function speedUnitOf(readings: readonly Reading[]): SpeedUnit | undefined {
  const units = new Set(readings.filter(({ columns }) => columns.position.speed >= 0).map(({ layout }) => layout.speedUnit));
  return units.size === 1 ? [...units][0] : undefined;
}
