import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { fixObject } from '../../domain/fixObject.js';
import { formatInstant } from '../../domain/instant.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Clock, Fleet } from '../../domain/Past.js';
import { DOCUMENT_TYPES, type DocumentFormat } from '../../formats/DocumentFormat.js';
import type { Context } from '../Context.js';
import { fleetBody } from '../fleetBody.js';
import { formatOf } from '../formatOf.js';
import { JSON_TYPE, jsonBody } from '../jsonBody.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

interface FleetParameters extends MomentParameters {
  readonly format?: 'json' | DocumentFormat;
}

/** `GET /api/fleet` */
export function fleetRoute(api: FastifyInstance, { past, now, turns }: Context): void {
  api.get<{ Querystring: FleetParameters }>('/api/fleet', { schema: SCHEMAS.fleet }, async ({ query, headers, signal }, reply) => {
    const format = formatOf(query.format, headers.accept);
    const fleet = await past.newestOfAll(momentOf(query, now), { signal });
    if (format !== 'json') return reply.type(DOCUMENT_TYPES[format]).send(fleetBody(format, known(fleet), turns));
    return reply.type(JSON_TYPE).send(await turns.finish(fleetText(fleet, query.by ?? 'arrival'), signal));
  });
}

/** The devices whose fix is not too old, as JSON. Holds the text of each. */
function* fleetText(fleet: Fleet, by: Clock): Steps<Readable> {
  const texts = yield* mapInSteps(known(fleet), ({ fix, extra, age }) => JSON.stringify(fixObject(fix, extra, age)));
  const at = fleet.asked === undefined ? null : formatInstant(fleet.asked);
  return jsonBody(`{"at":${JSON.stringify(at)},"by":"${by}","fixes":[`, texts, ']}');
}

const known = ({ fixes }: Fleet) => fixes.filter(({ known }) => known === 'fix');
