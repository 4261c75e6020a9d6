import fc from 'fast-check';
import { sighting } from '../../../src/page/model/Sighting.js';
import { time } from './served.js';

const text = fc.string({ maxLength: 5 });

/** Fixes as the server may give them, with extra columns or without. */
export const sightings = fc.array(
  fc
    .record({
      device: text,
      event: fc.nat({ max: 100 }),
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      speed: fc.option(fc.double({ min: 0, max: 300, noNaN: true })),
      extra: fc.dictionary(fc.constantFrom('reason', 'x y', 'gear'), text, { maxKeys: 3 }),
    })
    .map(({ device, event, lat, lon, speed, extra }) =>
      sighting({ time: time(event + 1), device_id: device, lat, lon, speed, event_time: time(event), ...extra }),
    ),
  { maxLength: 30 },
);
