import type { FastifySchema } from 'fastify';
import { DOCUMENT_TYPES } from '../formats/DocumentFormat.js';

type RouteName = 'status' | 'devices' | 'fix' | 'track' | 'trip' | 'fleet' | 'histogram' | 'events' | 'control' | 'metrics';

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const counts = { type: 'array', items: count } as const;
const flag = { type: 'boolean' } as const;
const nullable = (type: string) => ({ type: [type, 'null'] }) as const;
const time = { type: 'string', description: 'UTC, to the microsecond: 2021-10-23T12:30:03.385959Z' } as const;
const object = (properties: Readonly<Record<string, unknown>>, description?: string) => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const optional = (properties: Readonly<Record<string, unknown>>) => ({ type: 'object', properties, additionalProperties: false });

const fixProperties = {
  time: { ...time, description: 'When it arrived' },
  device_id: text,
  lat: { type: 'number', minimum: -90, maximum: 90 },
  lon: { type: 'number', minimum: -180, maximum: 180 },
  speed: nullable('number'),
  event_time: { ...time, description: 'When the device took it' },
};
/** A fix, and the extra columns of the log as text. */
const fix = { type: 'object', properties: fixProperties, required: Object.keys(fixProperties), additionalProperties: text };
const aged = {
  ...fix,
  properties: { ...fixProperties, age_seconds: { type: 'number', description: 'The asked moment less the event time' } },
  required: [...fix.required, 'age_seconds'],
};
const figures = { ...object({ p50: number, p95: number, p99: number, max: number }), type: ['object', 'null'] };
const pace = object({ paused: flag, rate: { oneOf: [{ type: 'number', exclusiveMinimum: 0 }, { const: 'max' }] } });
const words = [
  'bad-request',
  'no-token',
  'wrong-origin',
  'unknown',
  'later',
  'too-old',
  'not-found',
  'too-slow',
  'not-acceptable',
  'nothing-to-steer',
  'wrong-host',
  'fault',
  'no-log',
  'too-many-clients',
];
const failure = object(
  { error: { type: 'string', enum: words, description: 'For programs' }, message: text },
  'What is wrong, with which value, and what would be right',
);

const moment = { type: 'string', maxLength: 64, description: '2021-10-23T12:32:45Z, 2021-10-23 or now' };
const by = {
  type: 'string',
  enum: ['arrival', 'event'],
  description: 'arrival: what was known at a time; event: where a device was at a time',
};
const asked = {
  at: { ...moment, description: `${moment.description}; without it, the last arrival in the log, late fixes and duplicates included` },
  by,
  known_at: { ...moment, description: 'Only by what had arrived then' },
  max_age: { type: 'string', maxLength: 32, description: 'An older fix is not an answer: 90s, 5m, 24h' },
};
const copies = {
  type: 'string',
  enum: ['0', '1'],
  default: '0',
  description: '1: by event time, list what was sent again, too: a fix of the same moment with the same position and speed',
};
const stretch = { from: moment, to: moment, by, known_at: asked.known_at, copies };
const device = {
  type: 'object',
  properties: { device: { type: 'string', description: 'The id of a device, exactly as written, percent-encoded' } },
  required: ['device'],
};

const json = (schema: unknown, description: string) => ({ description, content: { 'application/json': { schema } } });
const failures = Object.fromEntries(
  Object.entries({
    400: 'A wrong value, one that is not known, or no HTTP',
    401: 'The token is missing, or is another',
    408: 'The request did not come in time',
    417: 'Something else is expected than an answer',
    421: 'Another host is asked for',
    431: 'The address and the headers are too long',
    500: 'A fault in lastfix',
    503: 'The log cannot be read, or there are too many clients',
  }).map(([status, why]) => [status, json(failure, why)]),
);
const notFound = {
  404: json(failure, 'An unknown device, one that is known only later, or a fix that is too old: `error` is unknown, later or too-old'),
};
const feature = {
  type: 'object',
  properties: {
    type: { const: 'Feature' },
    geometry: object({ type: { enum: ['LineString', 'Point'] }, coordinates: { type: 'array' } }),
    properties: { type: 'object', description: 'As in JSON, but for lat and lon; of a line, what it is of, and how long' },
  },
  required: ['type', 'geometry', 'properties'],
};
const features = object({ type: { const: 'FeatureCollection' }, features: { type: 'array', items: feature } });
const notAcceptable = { 406: json(failure, 'Accept takes none of what there is, which the message lists') };
const format = {
  type: 'string',
  enum: ['json', ...Object.keys(DOCUMENT_TYPES)],
  description: 'In which format, as the header Accept, which it comes before; json, if neither says so',
};
/** What `lastfix query --format` prints. */
const documents = Object.fromEntries(
  Object.values(DOCUMENT_TYPES).map((type) => [type.split(';')[0]!, { schema: type === DOCUMENT_TYPES.geojson ? features : text }]),
);

/** The API as data: what each route takes and gives, of which the OpenAPI document is made. */
export const SCHEMAS: Readonly<Record<RouteName, FastifySchema>> = {
  status: {
    summary: 'What is served, how far it is, and how fast',
    querystring: optional({}),
    response: {
      ...failures,
      200: json(
        object({
          version: text,
          output: text,
          replaying: flag,
          steerable: flag,
          ...pace.properties,
          stream_time: nullable('string'),
          span: { ...object({ first: time, last: time }), type: ['object', 'null'] },
          rows: count,
          changes: count,
          late: count,
          duplicate: count,
          conflict: count,
          devices: count,
          figures: { ...object({ end_to_end_ms: figures, lateness_ms: figures }), type: ['object', 'null'] },
          speed_unit: nullable('string'),
          tiles: nullable('string'),
        }),
        'The status',
      ),
    },
  },
  devices: {
    summary: 'The ids of all devices',
    querystring: optional({}),
    response: { ...failures, 200: json(object({ devices: { type: 'array', items: text } }), 'In order') },
  },
  fix: {
    summary: 'The latest fix of a device, or that as of a moment',
    params: device,
    querystring: optional(asked),
    response: { ...failures, ...notFound, 200: json(aged, 'The fix') },
  },
  track: {
    summary: 'The fixes of a device between two moments, late ones included, a page at a time',
    params: device,
    querystring: optional({
      ...stretch,
      limit: { type: 'integer', minimum: 1, maximum: 10_000, description: 'Fixes of a page; 1000 without it' },
      after: { type: 'string', maxLength: 100, description: 'The `next` of the page before' },
      format,
    }),
    response: {
      ...failures,
      ...notFound,
      ...notAcceptable,
      200: {
        description: 'A page, or all of the track as a file',
        content: {
          'application/json': {
            schema: object({ fixes: { type: 'array', items: fix }, copies_left_out: count, next: nullable('string') }),
          },
          ...documents,
        },
      },
    },
  },
  trip: {
    summary: 'The first and the last fix of a device between two moments, and how far it went',
    params: device,
    querystring: optional(stretch),
    response: {
      ...failures,
      ...notFound,
      200: json(object({ first: fix, last: fix, distance_metres: number, fixes: count, copies_left_out: count }), 'The trip'),
    },
  },
  fleet: {
    summary: 'The latest fix of every device, or those as of a moment',
    querystring: optional({
      ...asked,
      format,
    }),
    response: {
      ...failures,
      ...notAcceptable,
      200: {
        description: 'By their ids',
        content: {
          'application/json': { schema: object({ at: nullable('string'), by, fixes: { type: 'array', items: aged } }) },
          ...documents,
        },
      },
    },
  },
  histogram: {
    summary: 'How many fixes of each kind there are in each bin of a stretch of time',
    querystring: optional({
      from: { ...moment, description: `${moment.description}; without it, the first fix by the clock` },
      to: { ...moment, description: `${moment.description}; without it, the last fix by the clock` },
      by,
      bins: { type: 'integer', minimum: 2, maximum: 2000, default: 600, description: 'How many there are at most' },
    }),
    response: {
      ...failures,
      200: json(
        object({
          by,
          from: { ...time, type: ['string', 'null'], description: 'Where the first bin begins; null if there is none' },
          step_seconds: { type: 'integer', minimum: 1, description: 'How long each bin is' },
          changes: counts,
          late: counts,
          duplicate: counts,
          conflict: counts,
          cursor: { ...text, description: 'As the id of an event: what comes after it is not counted' },
        }),
        'Whole bins, though the first may begin before the stretch and the last end after it',
      ),
    },
  },
  events: {
    summary:
      'Every change and every late fix as it is flushed, as server-sent events: flush, pace, and reset when another log has taken the place of this one',
    querystring: optional({ after: { type: 'string', maxLength: 100, description: 'As the header Last-Event-ID, which comes before it' } }),
    headers: {
      type: 'object',
      properties: {
        'last-event-id': { type: 'string', maxLength: 100, description: 'Go on after this event; with reset, if that is of another run' },
      },
    },
    response: { ...failures, 200: { description: 'Without an end', content: { 'text/event-stream': { schema: text } } } },
  },
  control: {
    summary: 'Pauses, resumes, steps to the next fix, or sets the rate',
    querystring: optional({}),
    body: {
      type: 'object',
      properties: { command: { type: 'string', enum: ['pause', 'resume', 'step', 'rate'] }, rate: pace.properties['rate'] },
      required: ['command'],
      additionalProperties: false,
    },
    response: {
      ...failures,
      200: json(pace, 'The pace from now on'),
      403: json(failure, 'Asked from another page'),
      409: json(failure, 'There is nothing to steer'),
      413: json(failure, 'Too long'),
      415: json(failure, 'Not JSON'),
    },
  },
  metrics: {
    summary: 'Figures for Prometheus',
    querystring: optional({}),
    response: { ...failures, 200: { description: 'Text format 0.0.4', content: { 'text/plain': { schema: text } } } },
  },
};
