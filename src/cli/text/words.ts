import { formatDuration } from 'date-fns/formatDuration';
import { count } from '../../domain/counted.js';

export { count, counted } from '../../domain/counted.js';

/** `45 %` of a share of 1, cut off: 100 % is all of it. */
export function whole(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

/** A number with three significant digits: `0.0123`, `1.23`, `99.5`, `123`, `12,345`. */
export function figure(number: number): string {
  if (number >= 99.95) return count(Math.round(number));
  return String(Number(number.toPrecision(3)));
}

/** `0.25 s`, `59.6 s`, `1 hour 59 minutes 33 seconds`, `3 days 1 second`; days have 24 hours. */
export function duration(millis: number): string {
  if (millis < 59_950) return `${figure(millis / 1000)} s`;
  const seconds = Math.round(millis / 1000);
  return formatDuration({
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  });
}

/** Seconds in few letters: `0.25 s`, `33 s`, `5 min`, `8.3 h`, `12 d`; a negative one is of a clock that is ahead. */
export function briefly(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 59.95) return `${sign(seconds)}${figure(size)} s`;
  if (size < 3597) return `${sign(seconds)}${figure(size / 60)} min`;
  if (size < 47.95 * 3600) return `${sign(seconds)}${figure(size / 3600)} h`;
  return `${sign(seconds)}${figure(size / 86_400)} d`;
}

function sign(number: number): string {
  return number < 0 ? '-' : '';
}

/** `25.5 %`; what is neither none nor all is never shown as such. */
export function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.05) return '< 0.1 %';
  if (part < whole && share >= 99.95) return '> 99.9 %';
  return `${share.toFixed(1)} %`;
}

/** A whole number of seconds: `160,669,231 s`, `-3,600 s`. */
export function seconds(number: number): string {
  return `${sign(number)}${count(Math.abs(number))} s`;
}
