/** The parts of a date and a time of day, as numbers. The fraction is in microseconds. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly micros?: number;
}

/**
 * The microseconds from 1970-01-01T00:00:00 to a moment of the same clock; `undefined` for a day that is not in the
 * calendar, or no time of day.
 */
export function wallOf({ year, month, day, hour, minute, second = 0, micros = 0 }: DateParts): number | undefined {
  const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!isTime || year < 1684 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + micros;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
