import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { fixObject } from '../../domain/fixObject.js';
import { formatInstant } from '../../domain/instant.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import { answerOfAllInSteps, type Moment } from '../../history/answer.js';
import type { History } from '../../history/History.js';
import type { Context } from '../Context.js';
import { JSON_TYPE, jsonBody } from '../jsonBody.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/fleet` */
export function fleetRoute(api: FastifyInstance, { past, now }: Context): void {
  api.get<{ Querystring: MomentParameters }>('/api/fleet', { schema: SCHEMAS.fleet }, async ({ query, signal }, reply) => {
    const moment = momentOf(query, now);
    const body = await past.askInTurns((history) => fleetText(history, moment), signal);
    return reply.type(JSON_TYPE).send(body);
  });
}

/** What is known of all devices at a moment, as JSON. Holds a fix of each, and its text. */
function* fleetText(history: History, moment: Moment): Steps<Readable> {
  const { at = history.end, by = 'arrival', knownAt = Infinity } = moment;
  const all = (yield* answerOfAllInSteps(history, moment)).filter(({ known }) => known === 'fix');
  const fixes = yield* mapInSteps(all, ({ fix, extra, age }) => JSON.stringify(fixObject(fix, extra, age)));
  const asked = at === undefined ? null : formatInstant(moment.at ?? Math.min(at, knownAt));
  return jsonBody(`{"at":${JSON.stringify(asked)},"by":"${by}","fixes":[`, fixes, ']}');
}
