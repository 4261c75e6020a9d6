import { EVENT_SCHEMAS } from './eventSchemas.js';
import { FIX_SCHEMAS } from './fixSchemas.js';
import { by } from './parameterSchemas.js';
import { count, final_until, listOf, number, object, ref, text, time } from './shapes.js';
import { STATUS_SCHEMAS } from './statusSchemas.js';

const WORDS = [
  'bad-request',
  'no-token',
  'wrong-origin',
  'unknown',
  'later',
  'too-old',
  'not-found',
  'too-slow',
  'wrong-method',
  'not-acceptable',
  'nothing-to-steer',
  'wrong-host',
  'fault',
  'no-log',
  'too-many-clients',
];
const copies_left_out = { ...count, description: 'Copies of fixes that were left out' };
const next = { type: ['string', 'null'], description: 'The `after` of the next page' };
const cursor = { ...text, description: 'As the id of an event, the same in all pages: what comes after it is in none of them, and in the events after it' };
const position = { type: 'array', items: number, minItems: 2, maxItems: 2, description: 'Longitude and latitude' };

/** The schemas that have names, which other schemas refer to. */
export const COMPONENTS: Readonly<Record<string, object>> = {
  ...FIX_SCHEMAS,
  ...STATUS_SCHEMAS,
  ...EVENT_SCHEMAS,
  Devices: object({ devices: listOf(text) }, 'The ids of all devices, in order'),
  Fleet: object({ at: { type: ['string', 'null'], description: time.description }, by, final_until, fixes: listOf(ref('AgedFix')) }, 'The latest fix of every device'),
  Track: object(
    { fixes: listOf(ref('Fix')), copies_left_out, final_until, next, cursor },
    'A page of a track',
  ),
  Changes: object(
    {
      by,
      changes: listOf(ref('Fix')),
      late: listOf(ref('LateFix')),
      final_until,
      next,
      cursor,
    },
    'A page of the fixes of all devices: those that were changes, and those that were none, each in order',
  ),
  Trip: object(
    {
      first: ref('Fix'),
      last: ref('Fix'),
      distance_metres: { ...number, description: 'Along great circles from fix to fix' },
      fixes: count,
      copies_left_out,
      final_until,
    },
    'The ends of a track, and how long it is',
  ),
  Histogram: object(
    {
      by,
      from: { type: ['string', 'null'], description: 'Where the first bin begins; null if there is none' },
      step_seconds: { type: 'integer', minimum: 1, description: 'How long each bin is' },
      changes: listOf(count),
      late: listOf(count),
      duplicate: listOf(count),
      conflict: listOf(count),
      final_until,
      cursor: { ...text, description: 'As the id of an event: what comes after it is not counted' },
    },
    'How many fixes of each kind there are in each bin',
  ),
  Late: object(
    {
      by,
      side: { type: 'integer', minimum: 1, description: 'How many cells are as wide as the square that is the world in Mercator projection (EPSG:3857)' },
      x: { ...listOf(count), description: 'Of each cell that has some: its column, from the west' },
      y: { ...listOf(count), description: 'Its row, from the north' },
      counts: { ...listOf(count), description: 'How many late fixes it has' },
    },
    'How many late fixes there are in each cell of a grid',
  ),
  Feature: {
    type: 'object',
    description: 'A feature of GeoJSON (RFC 7946)',
    properties: {
      type: { const: 'Feature' },
      geometry: {
        oneOf: [
          object({ type: { const: 'Point' }, coordinates: position }),
          object({ type: { const: 'LineString' }, coordinates: listOf(position) }),
        ],
      },
      properties: { type: 'object', description: 'As in JSON, but for lat and lon; of a line, what it is of, and how long' },
    },
    required: ['type', 'geometry', 'properties'],
    additionalProperties: false,
  },
  FeatureCollection: object({ type: { const: 'FeatureCollection' }, features: listOf(ref('Feature')) }, 'Features of GeoJSON (RFC 7946)'),
  Failure: {
    ...object(
      { error: { type: 'string', enum: WORDS, description: 'For programs' }, message: text },
      'What is wrong, with which value, and what would be right',
    ),
    examples: [{ error: 'unknown', message: 'unknown device "825": the log knows "8250", "8257"' }],
  },
  NothingKnown: {
    ...object(
      { error: { type: 'string', enum: ['unknown', 'later', 'too-old'], description: 'For programs' }, message: text, final_until },
      'That nothing is known of what was asked for, why, and until when answers are final: if that is before the moment, there may be one later',
    ),
    examples: [{ error: 'later', message: 'device "8250" has no fix between from and to', final_until: null }],
  },
  Index: object(
    {
      version: text,
      page: text,
      openapi: text,
      routes: listOf(
        object({
          method: { type: 'string', enum: ['GET', 'POST'] },
          href: { ...text, description: 'A template of the address (RFC 6570)' },
          operation: text,
          summary: text,
        }),
      ),
    },
    'Where everything is',
  ),
};
