import type { Instant } from '../../domain/instant.js';
import { mercator } from '../../domain/mercator.js';
import type { ServedFix } from '../api/served.js';
import { instantOf } from './instantOf.js';

/** A fix as the page keeps it: times as instants, and its place on the map. */
export interface Sighting {
  readonly device: string;
  readonly latitude: number;
  readonly longitude: number;
  /** In the Mercator square, [0, 1] from west to east. */
  readonly x: number;
  /** In the Mercator square, [0, 1] from north to south. */
  readonly y: number;
  readonly event: Instant;
  readonly arrival: Instant;
  readonly speed: number | undefined;
  /** In a track, how many copies of it, or of one of the same moment, were left out. */
  readonly copies?: number;
  /** The extra columns of the log by their names. */
  readonly extra: Readonly<Record<string, string>>;
}

const OWN: ReadonlySet<string> = new Set(['time', 'device_id', 'lat', 'lon', 'speed', 'event_time', 'age_seconds', 'final_until']);
const NONE: Readonly<Record<string, string>> = {};

export function sighting(fix: ServedFix): Sighting {
  const { device_id, lat, lon, event_time, time, speed } = fix;
  return {
    device: device_id,
    latitude: lat,
    longitude: lon,
    ...mercator(lat, lon),
    event: instantOf(event_time),
    arrival: instantOf(time),
    speed: speed ?? undefined,
    extra: extraOf(fix),
  };
}

/** The extra columns of a fix; the same object for all that have none. */
function extraOf(fix: ServedFix): Readonly<Record<string, string>> {
  let extra: Record<string, string> | undefined;
  for (const name in fix) if (!OWN.has(name)) (extra ??= {})[name] = String(fix[name as keyof ServedFix]);
  return extra ?? NONE;
}
