import { DOCUMENT_TYPES } from '../../formats/DocumentFormat.js';
import { optional } from './shapes.js';

export const moment = { type: 'string', maxLength: 64, description: '2021-10-23T12:32:45Z, 2021-10-23 or now' };
const known_at = { ...moment, description: 'Only by what had arrived then' };
export const by = {
  type: 'string',
  enum: ['arrival', 'event'],
  description: 'arrival: what was known at a time; event: where a device was at a time',
};
const copies = {
  type: 'string',
  enum: ['0', '1'],
  default: '0',
  description: '1: by event time, list what was sent again, too: a fix of the same moment with the same position and speed',
};

/** The parameters of a question about a moment. */
export const asked = {
  at: {
    ...moment,
    description: `${moment.description}; without it, the last arrival in the log, late fixes and duplicates included`,
    examples: ['2021-10-23T12:30:40Z'],
  },
  by,
  known_at,
  max_age: { type: 'string', maxLength: 32, description: 'An older fix is not an answer: 90s, 5m, 24h', examples: ['5m'] },
};
/** Those of a question about a span of time. */
export const stretch = {
  from: { ...moment, examples: ['2021-10-23T12:30:00Z'] },
  to: { ...moment, examples: ['2021-10-23T12:30:30Z'] },
  by,
  known_at,
  copies,
};
/** Those of an answer in pages. */
export const pages = {
  limit: { type: 'integer', minimum: 1, maximum: 10_000, description: 'Fixes of a page; 1000 without it' },
  after: { type: 'string', maxLength: 200, description: 'The `next` of the page before' },
};
export const format = {
  type: 'string',
  enum: ['json', ...Object.keys(DOCUMENT_TYPES)],
  description: 'The format. It takes precedence over the header Accept; json if neither is given',
};
export const nothing = optional({});
/** The part of the path that names a device. */
export const device = {
  type: 'object',
  properties: { device: { type: 'string', description: 'The id of a device, exactly as written, percent-encoded', examples: ['8250'] } },
  required: ['device'],
};
