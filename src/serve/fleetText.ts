import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { formatInstant } from '../domain/instant.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import { answerOfAllInSteps, type Moment } from '../history/answer.js';
import type { History } from '../history/History.js';
import { agedObject } from './agedObject.js';
import { jsonBody } from './jsonBody.js';

/** What is known of all devices at a moment, as JSON. Holds a fix of each, and its text. */
export function* fleetText(history: History, moment: Moment): Steps<Readable> {
  const { at = history.end, by = 'arrival', knownAt = Infinity } = moment;
  const all = (yield* answerOfAllInSteps(history, moment)).filter(({ known }) => known === 'fix');
  const fixes = yield* mapInSteps(all, ({ fix, extra, age }) => JSON.stringify(agedObject(fix, extra, age)));
  const asked = at === undefined ? null : formatInstant(moment.at ?? Math.min(at, knownAt));
  return jsonBody(`{"at":${JSON.stringify(asked)},"by":"${by}","fixes":[`, fixes, ']}');
}
