import type { Fix } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';

/** A fix as JSON has it: times, device and extra columns are text, the measures numbers, an empty speed null. */
export function fixObject({ arrival, device, latitude, longitude, speed, event, extra }: Fix, names: readonly string[]) {
  return {
    time: formatInstant(arrival),
    device_id: device,
    lat: Number(latitude),
    lon: Number(longitude),
    speed: speed === '' ? null : Number(speed),
    event_time: formatInstant(event),
    ...Object.fromEntries(names.map((name, i) => [name, extra[i]!])),
  };
}
