import { fractionOf } from './fractionOf.js';
import { isoParts } from './isoParts.js';
import { offsetOf } from './offsetOf.js';
import { wallOf } from './wallOf.js';
import type { WallTime } from './WallTime.js';

/**
 * Reads a time whose year comes first: ISO 8601 with its short form, RFC 3339 and RFC 9557, and with what programs change
 * in them: `/` in the date, hours of one digit, and ` UTC`, ` +0000` or ` +0000 UTC` behind it. 14 digits are one too.
 */
export function isoTime(text: string): WallTime | undefined {
  const parts = isoParts(text);
  if (!parts) return undefined;
  const [, year, , month, day, year2, month2, day2, hour, minute, second, fraction, hour2, minute2, second2, fraction2, offset, utc, zone] =
    parts;
  const wall = wallOf({
    year: Number(year ?? year2),
    month: Number(month ?? month2),
    day: Number(day ?? day2),
    hour: Number(hour ?? hour2),
    minute: Number(minute ?? minute2),
    second: Number(second ?? second2 ?? 0),
    micros: fractionOf(fraction ?? fraction2),
  });
  if (wall === undefined) return undefined;
  if (utc !== undefined) return { wall, offset: 0 };
  if (offset === undefined) return { wall, zone };
  const minutes = offsetOf(offset);
  return minutes === undefined ? undefined : { wall, offset: minutes };
}
