import type { Form } from './Form.js';
import { speedIn } from './speedIn.js';

/** The JSON that Traccar Client posts to Traccar's port 5055: a request for each fix; speeds in m/s. What it does not know is -1. */
export const traccarForm: Form = {
  speedUnit: 'm/s',
  hasExtra: false,
  textOf:
    ({ speedUnit }) =>
    ({ device, latitude, longitude, event, speed }) =>
      JSON.stringify({
        location: {
          timestamp: new Date(Math.floor(event / 1000)).toISOString(),
          coords: {
            latitude: Number(latitude),
            longitude: Number(longitude),
            speed: speedIn('m/s', speed, speedUnit) ?? -1,
            heading: -1,
            accuracy: -1,
            altitude: 0,
          },
        },
        device_id: device,
      }),
  http: () => ({
    many: false,
    message: ([parcel]) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: parcel!.text }),
  }),
};
