import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { fixObject } from '../../domain/fixObject.js';
import { formatInstant } from '../../domain/instant.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Clock, Fleet } from '../../domain/Past.js';
import type { Context } from '../Context.js';
import { JSON_TYPE, jsonBody } from '../jsonBody.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/fleet` */
export function fleetRoute(api: FastifyInstance, { past, now, turns }: Context): void {
  api.get<{ Querystring: MomentParameters }>('/api/fleet', { schema: SCHEMAS.fleet }, async ({ query, signal }, reply) => {
    const fleet = await past.newestOfAll(momentOf(query, now), { signal });
    return reply.type(JSON_TYPE).send(await turns.finish(fleetText(fleet, query.by ?? 'arrival'), signal));
  });
}

/** The devices whose fix is not too old, as JSON. Holds the text of each. */
function* fleetText({ asked, fixes }: Fleet, by: Clock): Steps<Readable> {
  const known = fixes.filter(({ known }) => known === 'fix');
  const texts = yield* mapInSteps(known, ({ fix, extra, age }) => JSON.stringify(fixObject(fix, extra, age)));
  const at = asked === undefined ? null : formatInstant(asked);
  return jsonBody(`{"at":${JSON.stringify(at)},"by":"${by}","fixes":[`, texts, ']}');
}
