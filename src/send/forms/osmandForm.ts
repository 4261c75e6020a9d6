import type { Form } from './Form.js';
import { speedIn } from './speedIn.js';

/** Less than this many ms would be taken for seconds. */
const SECONDS = 2 ** 31;

/**
 * The protocol of OsmAnd, which Traccar takes at its port 5055: a query for each fix; speeds in knots, times in seconds or
 * ms since 1970.
 */
export const osmandForm: Form = {
  speedUnit: 'kn',
  hasExtra: false,
  textOf:
    ({ speedUnit }) =>
    ({ device, latitude, longitude, event, speed }) => {
      const knots = speedIn('kn', speed, speedUnit);
      const [lat, lon] = [String(Number(latitude)), String(Number(longitude))];
      const query = new URLSearchParams({ id: device, lat, lon, timestamp: timestamp(event) });
      if (knots !== undefined) query.set('speed', String(knots));
      return query.toString();
    },
  http: () => ({ many: false, message: ([parcel]) => ({ method: 'GET', query: parcel!.text }) }),
};

/** Whole seconds as such; others in ms, unless those would be taken for seconds. */
function timestamp(micros: number): string {
  const millis = Math.floor(micros / 1000);
  return millis % 1000 === 0 || millis < SECONDS ? String(Math.floor(millis / 1000)) : String(millis);
}
