import { flushOf } from '../../../src/page/api/flushOf.js';
import type { Flush } from '../../../src/page/api/Server.js';
import type { ServedFix } from '../../../src/page/api/served.js';

/** The time that is so many seconds into a day, as the server writes it. */
export const time = (second: number): string => new Date(Date.UTC(2021, 9, 23, 12) + second * 1000).toISOString().replace('Z', '000Z');

/** A fix as the server gives it: taken at a second, and arrived at another or the same. */
export const served = (device: string, event: number, arrival = event): ServedFix => ({
  time: time(arrival),
  device_id: device,
  lat: event / 1000,
  lon: 76,
  speed: 3,
  event_time: time(event),
});

/** A flush of changes, and of late fixes. */
export const flushed = (changes: readonly ServedFix[], late: readonly ServedFix[] = []): Flush =>
  flushOf({ stream_time: [...changes, ...late].map((fix) => fix.time).sort().at(-1)!, changes, late });
