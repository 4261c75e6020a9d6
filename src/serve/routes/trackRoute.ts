import type { FastifyInstance } from 'fastify';
import type { Context } from '../Context.js';
import { JSON_TYPE } from '../jsonBody.js';
import { pageOf } from '../pageOf.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { fixesText, lineText } from '../trackText.js';
import { unknownDevice } from '../unknownDevice.js';

interface TrackParameters extends SpanParameters {
  readonly limit: number;
  readonly after?: string;
  readonly format: 'json' | 'geojson';
}

/** `GET /api/devices/:device/track` */
export function trackRoute(api: FastifyInstance, context: Context): void {
  const { past, now } = context;
  api.get<{ Params: { device: string }; Querystring: TrackParameters }>(
    '/api/devices/:device/track',
    { schema: SCHEMAS.track },
    async ({ params: { device }, query, headers: { accept = '' }, signal }, reply) => {
      const span = spanOf(query, now);
      const isLine = query.format === 'geojson' || accept.includes('geo+json');
      const body = await past.askInTurns(function* (history) {
        if (history.firstArrival(device) === undefined) return undefined;
        const page = yield* pageOf(history, device, span, { ...query, copies: query.copies === '1' });
        return yield* isLine ? lineText(device, page) : fixesText(page, history.extra);
      }, signal);
      if (!body) throw await unknownDevice(device, context, signal);
      return reply.type(isLine ? 'application/geo+json' : JSON_TYPE).send(body);
    },
  );
}
