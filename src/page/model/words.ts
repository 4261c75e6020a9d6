import { formatInstant, type Instant } from '../../domain/instant.js';

/** A number of seconds in the one or two units that say most: `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function lasting(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 && whole > 0 ? '−' : '';
  if (whole < 60) return `${sign}${Math.abs(seconds) < 10 && !Number.isInteger(seconds) ? Math.abs(seconds).toFixed(1) : whole} s`;
  const [unit, small, size, part] =
    whole < 3600
      ? (['min', 's', 60, 1] as const)
      : whole < 86_400
        ? (['h', 'min', 3600, 60] as const)
        : (['d', 'h', 86_400, 3600] as const);
  const rest = Math.floor((whole % size) / part);
  return `${sign}${Math.floor(whole / size)} ${unit}${rest > 0 ? ` ${rest} ${small}` : ''}`;
}

/** Which time of day is shown and typed: universal time, or that of the browser. */
export type Zone = 'utc' | 'local';

/** `12:30:40`. */
export const clockTime = (at: Instant, zone: Zone): string => inZone(at, zone).slice(11, 19);

/** `2021-10-23`. */
export const day = (at: Instant, zone: Zone): string => inZone(at, zone).slice(0, 10);

/** `2021-10-23 12:30:40.25`. */
export const stamp = (at: Instant, zone: Zone): string =>
  inZone(at, zone)
    .replace('T', ' ')
    .replace(/\.?0{0,6}Z$/, '');

const inZone = (at: Instant, zone: Zone): string => formatInstant(zone === 'utc' ? at : at - offsetAt(at));

/** How far universal time is ahead of the browser's at a moment, in µs. */
export const offsetAt = (at: Instant): number => new Date(at / 1000).getTimezoneOffset() * 60e6;

/** Metres, from a kilometre on in kilometres. */
export function metresText(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(metres < 10_000 ? 2 : 1)} km`;
}

/** A reach of a track: `15 minutes`, `hour`, `6 hours`. */
export const reachText = (minutes: number): string =>
  minutes < 60 ? counted(minutes, 'minute') : minutes === 60 ? 'hour' : counted(minutes / 60, 'hour');

const numbers = new Intl.NumberFormat('en');

/** 1234567 as `1,234,567`. */
export const count = (value: number): string => numbers.format(value);

/** `1 device`, `2 devices`, `1,234 devices`. */
export const counted = (value: number, one: string, several = `${one}s`): string => `${count(value)} ${value === 1 ? one : several}`;

const WINDS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

/** A course in radians from north as `123° SE`. */
export function heading(course: number): string {
  const degrees = Math.round((course * 180) / Math.PI + 360) % 360;
  return `${degrees}° ${WINDS[Math.round(degrees / 45) % 8]!}`;
}
