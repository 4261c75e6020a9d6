import type { WallTime } from './WallTime.js';

/** Digits before the point, and by how many places that is finer than a microsecond; negative: coarser. */
const PLACES: Readonly<Record<number, number>> = { 9: -6, 10: -6, 12: -3, 13: -3, 15: 0, 16: 0, 18: 3, 19: 3 };
const NUMBER = /^(\d{9,19})(?:[.,](\d+))?$/;
const ZERO = /^0(?:[.,]0*)?$/;

/**
 * Reads a number of seconds (9 or 10 digits before the point), milliseconds (12 or 13), microseconds (15 or 16) or
 * nanoseconds (18 or 19) since 1970, cut to the microsecond; and 0, which stands for no time in any of them.
 */
export function epochTime(text: string): WallTime | undefined {
  if (ZERO.test(text)) return { wall: 0, offset: 0 };
  const [, whole, fraction = ''] = NUMBER.exec(text) ?? [];
  const places = whole === undefined ? undefined : PLACES[whole.length];
  if (places === undefined) return undefined;
  const digits = places > 0 ? whole!.slice(0, -places) : whole! + fraction.slice(0, -places).padEnd(-places, '0');
  return { wall: Number(digits), offset: 0 };
}
