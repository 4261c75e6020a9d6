import { escapedLevel } from '../mqtt/escapedLevel.js';
import type { Form } from './Form.js';
import { speedIn } from './speedIn.js';

/** How many letters of an id are shown on a map of OwnTracks. */
const TID = 2;

/** The location of OwnTracks: a message for each fix; speeds in whole km/h, times in whole seconds. */
export const owntracksForm: Form = {
  speedUnit: 'km/h',
  hasExtra: false,
  textOf:
    ({ speedUnit, user, byTopic }) =>
    ({ device, latitude, longitude, arrival, event, speed }) => {
      const vel = speedIn('km/h', speed, speedUnit);
      return JSON.stringify({
        _type: 'location',
        tid: Array.from(device).slice(-TID).join(''),
        lat: Number(latitude),
        lon: Number(longitude),
        tst: Math.floor(event / 1e6),
        created_at: Math.floor(arrival / 1e6),
        ...(vel === undefined ? {} : { vel: Math.round(vel) }),
        ...(byTopic ? {} : { topic: `owntracks/${escapedLevel(user)}/${escapedLevel(device)}` }),
      });
    },
  http: ({ user }) => ({
    many: false,
    message: ([parcel]) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-limit-u': asciiOf(user), 'x-limit-d': asciiOf(parcel!.device) },
      body: parcel!.text,
    }),
  }),
};

/** A text that may stand in a header: what may not is percent-encoded, as a level of a topic is. */
function asciiOf(text: string): string {
  return escapedLevel(text).replace(/[^\u0021-\u007e]/gu, encodeURIComponent);
}
