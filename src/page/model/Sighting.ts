import type { Instant } from '../../domain/instant.js';
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
}

export function sighting({ device_id, lat, lon, event_time, time, speed }: ServedFix): Sighting {
  return {
    device: device_id,
    latitude: lat,
    longitude: lon,
    ...mercator(lat, lon),
    event: instantOf(event_time),
    arrival: instantOf(time),
    speed: speed ?? undefined,
  };
}

const POLE = 85.0511287798; // beyond it, the Mercator square ends

/** Where a place is in the Mercator square (EPSG:3857, as a share of its width). */
export function mercator(latitude: number, longitude: number): { readonly x: number; readonly y: number } {
  const sine = Math.sin((Math.max(-POLE, Math.min(POLE, latitude)) * Math.PI) / 180);
  return { x: (longitude + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}
