import { final_until, number, text, time } from './shapes.js';

const FIX = {
  time: { ...time, description: 'When it arrived' },
  device_id: text,
  lat: { ...number, minimum: -90, maximum: 90, description: 'Degrees' },
  lon: { ...number, minimum: -180, maximum: 180, description: 'Degrees' },
  speed: { type: ['number', 'null'], description: 'In the unit of the recording: `speed_unit` of the status' },
  event_time: { ...time, description: 'When the device took it' },
};
const AGE = { age_seconds: { ...number, description: 'The asked moment less the event time' } };
const LATE = {
  reason: { type: 'string', enum: ['late', 'duplicate', 'conflict'] },
  latest_event_time: { ...time, description: 'The event time of the latest that its device held' },
};
const EXAMPLE = {
  time: '2021-10-23T12:30:39.656352Z',
  device_id: '8250',
  lat: 23.206205368041992,
  lon: 76.27769470214844,
  speed: 11,
  event_time: '2021-10-23T12:30:36.000000Z',
};

/** A fix, as it is in the log; in an answer, with its age; and one that was no change. */
export const FIX_SCHEMAS = {
  Fix: schema('A fix, and the extra columns of the log as text', FIX, EXAMPLE),
  AgedFix: schema('A fix that answers a question about a moment, and its age then', { ...FIX, ...AGE }, { ...EXAMPLE, age_seconds: 4 }),
  FoundFix: schema(
    'A fix that answers a question about a moment, its age then, and until when answers are final',
    { ...FIX, ...AGE, final_until },
    { ...EXAMPLE, age_seconds: 4, final_until: null },
  ),
  LateFix: schema(
    'A fix that was no change, and why',
    { ...FIX, ...LATE },
    { ...EXAMPLE, reason: 'late', latest_event_time: '2021-10-23T12:30:37.000000Z' },
  ),
};

function schema(description: string, properties: object, example: object) {
  return { type: 'object', description, properties, required: Object.keys(properties), additionalProperties: text, examples: [example] };
}
