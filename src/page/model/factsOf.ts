import type { Instant } from '../../domain/instant.js';
import type { Sighting } from './Sighting.js';
import { lasting, stamp, type Zone } from './words.js';

/** What a fix says, in words: both its times, how long it was on its way, how old it is at a moment, its speed, extra columns. */
export function factsOf(
  { event, arrival, latitude, longitude, speed, extra }: Sighting,
  { zone, at, unit }: { readonly zone: Zone; readonly at: Instant; readonly unit: string },
): readonly (readonly [name: string, value: string])[] {
  return [
    ['recorded', stamp(event, zone)],
    ['arrived', stamp(arrival, zone)],
    ['delay', lasting((arrival - event) / 1e6)],
    ['age', lasting((at - event) / 1e6)],
    ['position', `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`],
    ['speed', speed === undefined ? 'unknown' : `${speed}${unit}`],
    ...Object.entries(extra),
  ];
}
