import { AGE_COLUMN } from './columns.js';
import type { Fix } from './fix.js';
import { formatInstant } from './instant.js';

/**
 * A fix as JSON has it: times, device and extra columns are text, the measures numbers, an empty speed null.
 *
 * @param names those of the extra columns
 * @param age of the fix when it was asked for, in µs; then it is one of the keys
 */
export function fixObject({ arrival, device, latitude, longitude, speed, event, extra }: Fix, names: readonly string[], age?: number) {
  return {
    time: formatInstant(arrival),
    device_id: device,
    lat: Number(latitude),
    lon: Number(longitude),
    speed: speed === '' ? null : Number(speed),
    event_time: formatInstant(event),
    ...Object.fromEntries(names.map((name, i) => [name, extra[i]!])),
    ...(age === undefined ? {} : { [AGE_COLUMN]: age / 1e6 }),
  };
}
