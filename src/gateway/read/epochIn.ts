import { fractionOf } from '../../domain/times/fractionOf.js';
import type { Instant } from '../../domain/instant.js';

const NUMBER = /^(-?)(\d{1,16})(?:\.(\d{1,30}))?$/;
/** Less than this is seconds, where a time may be in seconds or in ms: as Traccar tells them apart. */
const SECONDS = 2 ** 31 - 1;

/** A number of seconds or ms since 1970 as an instant, cut to the microsecond; `undefined` for any other text. */
export function epochIn(text: string, unit: 's' | 'ms' | 's or ms'): Instant | undefined {
  const [, sign, whole, fraction] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const isSeconds = unit === 's' || (unit === 's or ms' && (sign === '-' || Number(whole) < SECONDS));
  const micros = isSeconds ? Number(whole) * 1e6 + fractionOf(fraction) : Number(whole) * 1000 + Math.floor(fractionOf(fraction) / 1000);
  return Number.isSafeInteger(micros) ? (sign === '-' ? 0 - micros : micros) : undefined;
}
