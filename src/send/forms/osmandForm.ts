import type { Form } from './Form.js';
import { speedIn } from './speedIn.js';

/** A number below this is taken for seconds, others for ms. */
const SECONDS = 2 ** 31 - 1;

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

/** Whole seconds as such, before 2038; others in ms, unless those would be taken for seconds. */
function timestamp(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const seconds = Math.floor(millis / 1000);
  return millis < SECONDS || (millis % 1000 === 0 && seconds < SECONDS) ? String(seconds) : String(millis);
}
