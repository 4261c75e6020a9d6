import { final_until, listOf, object, ref, text, time } from './shapes.js';

const id = { ...text, description: 'Go on after this: as `Last-Event-ID`, or as `after`' };
const named = (event: string, properties: object) => object({ event: { const: event }, ...properties });

/** What the data of each event are, and all events as a client has them: their names, their ids, and their data parsed. */
export const EVENT_SCHEMAS = {
  Flush: {
    ...object(
      {
        stream_time: { ...time, description: 'The last arrival of what is in it' },
        final_until,
        changes: listOf(ref('Fix')),
        late: listOf(ref('LateFix')),
        corrected: {
          ...listOf(ref('LateFix')),
          description:
            'Fixes that were sent before with a newer verdict, and became late, duplicates or conflicts when a fix came in that had arrived earlier. Only a store that several programs write to has them',
        },
      },
      'What was appended to the log since the event before: the data of `flush`',
    ),
    examples: [{ stream_time: '2021-10-23T12:30:39.656352Z', final_until: null, changes: [], late: [], corrected: [] }],
  },
  Reset: object({}, 'Another log has taken the place of this one: the data of `reset`, after which everything is sent again'),
  Event: {
    description: 'An event as a client has it: its name, its id, and its data parsed',
    oneOf: [
      named('flush', { id, data: ref('Flush') }),
      named('reset', { id, data: ref('Reset') }),
      named('pace', { data: ref('Pace') }),
    ],
  },
};
