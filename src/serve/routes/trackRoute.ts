import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import { fromAsync } from '../../rx/fromAsync.js';
import type { Context } from '../Context.js';
import { JSON_TYPE } from '../jsonBody.js';
import { noDevice } from '../noDevice.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { fixesText, lineText } from '../trackText.js';

interface TrackParameters extends SpanParameters {
  readonly limit: number;
  readonly after?: string;
  readonly format: 'json' | 'geojson';
}

/** `GET /api/devices/:device/track` */
export function trackRoute(api: FastifyInstance, context: Context): void {
  const { past, now, turns } = context;
  api.get<{ Params: { device: string }; Querystring: TrackParameters }>(
    '/api/devices/:device/track',
    { schema: SCHEMAS.track },
    async ({ params: { device }, query, headers: { accept = '' }, signal }, reply) => {
      const { limit, after, copies, format } = query;
      const span = spanOf(query, now);
      const isLine = format === 'geojson' || accept.includes('geo+json');
      if (!(await past.first(device, signal))) throw await noDevice(device, context, signal);
      const page = await firstValueFrom(fromAsync(past.track(device, span, { after, limit, copies: copies === '1', signal })));
      const body = await turns.finish(isLine ? lineText(device, page) : fixesText(page), signal);
      return reply.type(isLine ? 'application/geo+json' : JSON_TYPE).send(body);
    },
  );
}
