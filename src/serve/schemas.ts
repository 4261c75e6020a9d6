import type { FastifySchema } from 'fastify';
import { failures, json, jsonOrDocument, notAcceptable, notFound } from './schemas/answerSchemas.js';
import { asked, by, device, format, moment, nothing, pages, stretch } from './schemas/parameterSchemas.js';
import { optional, ref, text } from './schemas/shapes.js';

type RouteName = 'index' | 'status' | 'devices' | 'fix' | 'track' | 'trip' | 'fleet' | 'histogram' | 'changes' | 'late' | 'events' | 'latencies' | 'control' | 'metrics';

/** The groups of routes. */
export const TAGS = [
  { name: 'past', description: 'What was known at any moment, and where devices were' },
  { name: 'live', description: 'What is appended as it is flushed, and the replay that does it' },
  { name: 'server', description: 'What is served' },
] as const;

/** The API as data: what each route takes and gives, of which the OpenAPI document is made. */
export const SCHEMAS: Readonly<Record<RouteName, FastifySchema>> = {
  index: {
    operationId: 'getIndex',
    tags: ['server'],
    summary: 'Where everything is',
    querystring: nothing,
    response: { ...failures, 200: json('Index', 'The index') },
  },
  status: {
    operationId: 'getStatus',
    tags: ['server'],
    summary: 'What is served, how far it is, and how fast',
    querystring: nothing,
    response: { ...failures, 200: json('Status', 'The status') },
  },
  devices: {
    operationId: 'getDevices',
    tags: ['past'],
    summary: 'The ids of all devices',
    querystring: nothing,
    response: { ...failures, 200: json('Devices', 'In order') },
  },
  fix: {
    operationId: 'getFix',
    tags: ['past'],
    summary: 'The latest fix of a device, or that as of a moment',
    params: device,
    querystring: optional(asked),
    response: { ...failures, ...notFound, 200: json('FoundFix', 'The fix') },
  },
  track: {
    operationId: 'getTrack',
    tags: ['past'],
    summary: 'The fixes of a device between two moments, late ones included, a page at a time, or all of them as a document',
    description:
      'All pages are of the state of which the first is: what arrives meanwhile is in none of them, even if its time is within those that have been read. Ask `GET /api/events` for it, after the `cursor` that all of them have.',
    params: device,
    querystring: optional({
      ...stretch,
      ...pages,
      format,
    }),
    response: { ...failures, ...notFound, ...notAcceptable, 200: jsonOrDocument('Track', 'A page, or all of the track as a document') },
  },
  trip: {
    operationId: 'getTrip',
    tags: ['past'],
    summary: 'The first and the last fix of a device between two moments, and how far it went',
    params: device,
    querystring: optional(stretch),
    response: { ...failures, ...notFound, 200: json('Trip', 'The trip') },
  },
  fleet: {
    operationId: 'getFleet',
    tags: ['past'],
    summary: 'The latest fix of every device, or those as of a moment',
    querystring: optional({ ...asked, format }),
    response: { ...failures, ...notAcceptable, 200: jsonOrDocument('Fleet', 'By their ids') },
  },
  histogram: {
    operationId: 'getHistogram',
    tags: ['past'],
    summary: 'How many fixes of each kind there are in each bin of a stretch of time',
    querystring: optional({
      from: { ...moment, description: `${moment.description}; without it, the first fix by the clock` },
      to: { ...moment, description: `${moment.description}; without it, the last fix by the clock` },
      by,
      bins: { type: 'integer', minimum: 2, maximum: 2000, default: 600, description: 'How many there are at most' },
    }),
    response: {
      ...failures,
      200: json('Histogram', 'Whole bins, though the first may begin before the stretch and the last end after it'),
    },
  },
  changes: {
    operationId: 'getChanges',
    tags: ['past'],
    summary: 'Every change and every late fix of all devices between two moments, in order, a page at a time',
    description:
      'As the events brought them, or, by event time, in the order in which they were taken. A page is as long as limit, changes and late together, and `next` leads to the one after it. All pages are of the same state as the first: what arrives meanwhile is in none of them, even if its time is within those that have been read. Ask `GET /api/events` for it, after the `cursor` that all of them have. In a store, a verdict that was taken back meanwhile is the one of now.',
    querystring: optional({
      from: stretch.from,
      to: stretch.to,
      by,
      known_at: stretch.known_at,
      ...pages,
      limit: { ...pages.limit, default: 1000, description: 'Fixes of a page' },
    }),
    response: { ...failures, 200: json('Changes', 'A page') },
  },
  late: {
    operationId: 'getLate',
    tags: ['past'],
    summary: 'How many late fixes there are in each cell of a grid over the map',
    querystring: optional({
      from: stretch.from,
      to: stretch.to,
      by,
      known_at: stretch.known_at,
      box: {
        type: 'string',
        maxLength: 100,
        description: 'A part of the map in degrees: west,south,east,north, the west greater than the east over the date line; all of it without one',
        examples: ['76.1,23,77.9,24.5'],
      },
      cells: { type: 'integer', minimum: 4, maximum: 65_536, default: 16_384, description: 'How many cells cover the box at most' },
    }),
    response: { ...failures, 200: json('Late', 'Whole cells, the finest that do; those without a late fix are left out') },
  },
  events: {
    operationId: 'getEvents',
    tags: ['live'],
    summary:
      'Every change and every late fix as it is flushed, as server-sent events: flush, pace, and reset when another log has taken the place of this one',
    description:
      'The data of a flush are stream_time, changes, late and corrected. corrected are fixes that were sent before as a change, a duplicate or a conflict, and became late, a duplicate or a conflict when a fix came in that had arrived earlier. Only a store that several programs write to has them. The id of an event is a place in the log or the store, from which any server of it goes on.',
    querystring: optional({ after: { type: 'string', maxLength: 100, description: 'As the header Last-Event-ID, which takes precedence' } }),
    headers: {
      type: 'object',
      properties: {
        'last-event-id': { type: 'string', maxLength: 100, description: 'Go on after this event; with reset, if that is of another run' },
      },
    },
    response: {
      ...failures,
      200: { description: 'Without an end: each event is an `Event`', content: { 'text/event-stream': { schema: text } } },
    },
  },
  latencies: {
    operationId: 'getLatencies',
    tags: ['live'],
    summary: 'How soon changes could be read, second by second, for the last half hour of a replay',
    querystring: nothing,
    response: { ...failures, 200: json('Latencies', 'Empty where no replay is served') },
  },
  control: {
    operationId: 'postControl',
    tags: ['live'],
    summary: 'Pauses, resumes, steps to the next fix, or sets the rate',
    querystring: nothing,
    body: ref('Control'),
    response: {
      ...failures,
      200: json('Pace', 'The pace from now on'),
      403: json('Failure', 'Asked from another page'),
      409: json('Failure', 'There is nothing to steer'),
      413: json('Failure', 'Too long'),
      415: json('Failure', 'Not JSON'),
    },
  },
  metrics: {
    operationId: 'getMetrics',
    tags: ['server'],
    summary: 'Figures for Prometheus',
    querystring: nothing,
    response: { ...failures, 200: { description: 'Text format 0.0.4', content: { 'text/plain': { schema: text } } } },
  },
};
