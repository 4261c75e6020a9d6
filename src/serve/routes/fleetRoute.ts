import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { fileName } from '../../domain/fileName.js';
import { fixObject } from '../../domain/fixObject.js';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Aged, Clock } from '../../domain/Past.js';
import { DOCUMENT_TYPES } from '../../formats/DocumentFormat.js';
import { attachment } from '../attachment.js';
import type { Context } from '../Context.js';
import { fleetBody } from '../fleetBody.js';
import { formatOf, type AnswerFormat } from '../formatOf.js';
import { JSON_TYPE, jsonBody } from '../jsonBody.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

interface FleetRequest {
  Querystring: MomentParameters & { readonly format?: AnswerFormat };
}

/** `GET /api/fleet` */
export function fleetRoute(api: FastifyInstance, { past, now, turns }: Context): void {
  api.get<FleetRequest>('/api/fleet', { schema: SCHEMAS.fleet }, async (request, reply) => {
    const { query, signal } = request;
    const format = formatOf(request, reply);
    const fleet = await past.newestOfAll(momentOf(query, now), { signal });
    const fixes = fleet.fixes.filter(({ known }) => known === 'fix'); // the others are too old
    if (format === 'json') return reply.type(JSON_TYPE).send(await turns.finish(fleetText(fixes, fleet.asked, query.by ?? 'arrival'), signal));
    reply.type(DOCUMENT_TYPES[format]).header('content-disposition', attachment(fileName(['fleet'], fleet.asked, format)));
    return reply.send(fleetBody(format, fixes, turns));
  });
}

/** The fixes as JSON. Holds the text of each. */
function* fleetText(fixes: readonly Aged[], asked: Instant | undefined, by: Clock): Steps<Readable> {
  const texts = yield* mapInSteps(fixes, ({ fix, extra, age }) => JSON.stringify(fixObject(fix, extra, age)));
  const at = asked === undefined ? null : formatInstant(asked);
  return jsonBody(`{"at":${JSON.stringify(at)},"by":"${by}","fixes":[`, texts, ']}');
}
