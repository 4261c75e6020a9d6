import { MONTHS, WEEKDAYS } from './calendarNames.js';
import { fractionOf } from './fractionOf.js';
import { offsetOf } from './offsetOf.js';
import { wallOf } from './wallOf.js';
import { weekdayOf } from './weekdayOf.js';
import type { WallTime } from './WallTime.js';

/** `Sat, 23 Oct 2021 12:30:00 GMT` (RFC 2822), and `Sat Oct 23 2021 18:00:00 GMT+0530 (India Standard Time)`, as JavaScript writes it. */
const MAIL =
  /^(?:([a-z]{3}),? )?(?:(\d{1,2}) ([a-z]{3})|([a-z]{3}) (\d{1,2})) (\d{4}) (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ([+-]\d{4}|[a-z]+(?:[+-]\d{4})?)(?: \([^()]*\))?$/i;
/** The zones that RFC 2822 takes over from its forerunner, in hours. */
const AMERICAN: Readonly<Record<string, number>> = { EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 };
const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3).toLowerCase());
const SHORT_DAYS = WEEKDAYS.map((name) => name.slice(0, 3).toLowerCase());

/** Reads a time with the name of its month and a zone. A day of the week must be the right one. */
export function mailTime(text: string): WallTime | undefined {
  const [, weekday, first, firstMonth, lastMonth, last, year, hour, minute, second, fraction, zone] = MAIL.exec(text) ?? [];
  if (zone === undefined) return undefined;
  const month = SHORT_MONTHS.indexOf((firstMonth ?? lastMonth)!.toLowerCase()) + 1;
  const wall = wallOf({
    year: Number(year),
    month,
    day: Number(first ?? last),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    micros: fractionOf(fraction),
  });
  const hours = AMERICAN[zone.toUpperCase()];
  const offset = hours === undefined ? offsetOf(zone) : hours * 60;
  if (wall === undefined || offset === undefined) return undefined;
  return weekday === undefined || weekdayOf(wall) === SHORT_DAYS.indexOf(weekday.toLowerCase()) ? { wall, offset } : undefined;
}
