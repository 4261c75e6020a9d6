import type { SpeedUnit } from '../../domain/Layout.js';

/** What one of a unit is, in m/s. */
const METRES: Readonly<Record<SpeedUnit, number>> = { kn: 1852 / 3600, 'km/h': 1 / 3.6, 'm/s': 1, mph: 1609.344 / 3600 };

/**
 * A speed in another unit, to three digits after the point; unchanged if nobody knows what it is in. `undefined` if it is
 * unknown.
 */
export function speedIn(unit: SpeedUnit, speed: string, from: SpeedUnit | undefined): number | undefined {
  if (speed === '') return undefined;
  if (from === undefined || from === unit) return Number(speed);
  return Math.round((Number(speed) * METRES[from] * 1000) / METRES[unit]) / 1000;
}
