import { isNumber } from '../../domain/isNumber.js';
import type { SpeedUnit } from '../../domain/Layout.js';
import { speedIn } from '../../send/forms/speedIn.js';

/**
 * The text of a speed in another unit, to two digits after the point, so that one with up to two is itself again after
 * `speedIn` has made three of it; as written if the unit is the same or none; empty if it is not a number >= 0.
 */
export function inSpeed(text: string, from: SpeedUnit | undefined, unit: SpeedUnit): string {
  if (!isNumber(text, 0, Number.MAX_VALUE)) return '';
  if (from === undefined || from === unit) return text;
  const speed = Math.round(speedIn(unit, text, from)! * 100) / 100;
  return Number.isFinite(speed) ? String(speed) : '';
}
