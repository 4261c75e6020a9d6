import { count, final_until, flag, listOf, nullable, number, object, ref, text, time } from './shapes.js';

const figures = nullable(ref('Figures'));
const rate = { oneOf: [{ type: 'number', exclusiveMinimum: 0 }, { const: 'max' }] };
const pace = { paused: flag, rate };

/** What is served, how far it is, and how fast. */
export const STATUS_SCHEMAS = {
  Pace: { ...object(pace, 'How fast a replay goes'), examples: [{ paused: false, rate: 60 }] },
  Control: {
    type: 'object',
    description: 'A command to the replay; `rate` goes with the command `rate`',
    properties: { command: { type: 'string', enum: ['pause', 'resume', 'step', 'rate'] }, rate },
    required: ['command'],
    additionalProperties: false,
    examples: [{ command: 'rate', rate: 60 }],
  },
  Figures: object({ p50: number, p95: number, p99: number, max: number }, 'Percentiles, and the most'),
  Latencies: object(
    {
      stream_times: listOf(time),
      end_to_end_ms: object({ p50: listOf(number), p95: listOf(number), p99: listOf(number) }),
    },
    'From when a change was due to when it could be read: percentiles of all up to each of some moments of the stream',
  ),
  Span: object({ first: time, last: time }, 'The first and the last arrival'),
  Status: object(
    {
      version: text,
      output: { ...text, description: 'The log, as it was named' },
      replaying: { ...flag, description: 'Whether a replay that writes the log is served with it, and is going on' },
      writing: {
        type: ['boolean', 'null'],
        description: 'Whether a run is writing the log, and has not ended in any way; null where that cannot be known',
      },
      steerable: flag,
      ...pace,
      stream_time: { type: ['string', 'null'], description: 'The last arrival in the log' },
      final_until,
      span: nullable(ref('Span')),
      rows: count,
      changes: count,
      late: count,
      duplicate: count,
      conflict: count,
      devices: count,
      figures: nullable(object({ end_to_end_ms: figures, lateness_ms: figures })),
      speed_unit: { type: ['string', 'null'] },
      tiles: { type: ['string', 'null'] },
      attribution: { type: ['string', 'null'], description: 'Whose map the tiles show' },
    },
    'What is served, how far it is, and how fast',
  ),
};
