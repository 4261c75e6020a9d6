import type { FastifyInstance } from 'fastify';
import type { Context } from '../Context.js';
import { changesText } from '../changesText.js';
import { JSON_TYPE } from '../jsonBody.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

interface ChangesParameters extends Omit<SpanParameters, 'copies'> {
  readonly limit: number;
  readonly after?: string;
}

/** `GET /api/changes` */
export function changesRoute(api: FastifyInstance, { served, past, now, turns }: Context): void {
  api.get<{ Querystring: ChangesParameters }>('/api/changes', { schema: SCHEMAS.changes }, async ({ query, signal }, reply) => {
    const { by = 'arrival', limit, after } = query;
    const span = spanOf({ ...query, by }, now);
    const finalUntil = await served.finalUntil(signal);
    const page = await past.fixes(span, { limit, after, signal });
    return reply.type(JSON_TYPE).send(await turns.finish(changesText(page, by, finalUntil), signal));
  });
}
