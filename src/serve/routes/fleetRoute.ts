import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { fileName } from '../../domain/fileName.js';
import { fixObject } from '../../domain/fixObject.js';
import { instantText } from '../../domain/instantText.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Aged } from '../../domain/Past.js';
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
export function fleetRoute(api: FastifyInstance, { served, past, now, turns }: Context): void {
  api.get<FleetRequest>('/api/fleet', { schema: SCHEMAS.fleet }, async (request, reply) => {
    const { query, signal } = request;
    const format = formatOf(request, reply);
    const moment = momentOf(query, now);
    const finalUntil = await served.finalUntil(signal);
    const fleet = await past.newestOfAll(moment, { signal });
    const fixes = fleet.fixes.filter(({ known }) => known === 'fix'); // the others are too old
    if (format === 'json') {
      const told = { at: instantText(fleet.asked), by: query.by ?? 'arrival', final_until: instantText(finalUntil) };
      return reply.type(JSON_TYPE).send(await turns.finish(fleetText(fixes, told), signal));
    }
    reply.type(DOCUMENT_TYPES[format]).header('content-disposition', attachment(fileName(['fleet'], fleet.asked, format)));
    return reply.send(fleetBody(format, fixes, turns));
  });
}

/** The fixes as JSON, after what there is to say of all. Holds the text of each. */
function* fleetText(fixes: readonly Aged[], told: object): Steps<Readable> {
  const texts = yield* mapInSteps(fixes, ({ fix, extra, age }) => JSON.stringify(fixObject(fix, extra, age)));
  return jsonBody(`${JSON.stringify(told).slice(0, -1)},"fixes":[`, texts, ']}');
}
