import { READING_OPTIONS } from '../recording/readingOptions.js';
import { ROW_OPTIONS } from '../recording/rowOptions.js';
import { SERVE_OPTIONS } from '../serve/serveSettings.js';
import { MAKING_OPTIONS } from './makingOf.js';
import { SEND_OPTIONS } from './sendSettings.js';

/** The options of a replay, and what they are if they are not given. */
export const OPTIONS = {
  rate: { type: 'string', default: '1' },
  'max-gap': { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  rebase: { type: 'string' },
  flush: { type: 'string' },
  ...READING_OPTIONS,
  ...ROW_OPTIONS,
  'in-order': { type: 'boolean', default: false },
  tmp: { type: 'string' },
  strict: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o', default: 'output/output_stream.csv' },
  coalesce: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  sync: { type: 'string' },
  'no-index': { type: 'boolean', default: false },
  ...SEND_OPTIONS,
  ...MAKING_OPTIONS,
  drain: { type: 'boolean', default: false },
  'accept-gap': { type: 'boolean', default: false },
  stats: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  serve: { type: 'boolean', default: false },
  ...SERVE_OPTIONS,
  stay: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
