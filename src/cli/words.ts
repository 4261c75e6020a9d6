import { formatDuration } from 'date-fns/formatDuration';
import { intervalToDuration } from 'date-fns/intervalToDuration';

const MINUTE = 60_000;

/** `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** A number with three significant digits, and never an exponent: `0.0123`, `1.23`, `123`, `12,345`. */
export function figure(number: number): string {
  return number.toLocaleString('en-US', number < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
}

/** `0.25 s`, `59.6 s`, `1 hour 59 minutes 33 seconds`. */
export function duration(millis: number): string {
  if (millis < 0) return `-${duration(-millis)}`;
  if (millis < MINUTE) return `${figure(millis / 1000)} s`;
  return formatDuration(intervalToDuration({ start: 0, end: Math.round(millis / 1000) * 1000 }));
}
