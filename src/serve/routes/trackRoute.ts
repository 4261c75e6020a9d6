import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import { shown } from '../../domain/shown.js';
import { DOCUMENT_TYPES, type DocumentFormat } from '../../formats/DocumentFormat.js';
import { fromAsync } from '../../rx/fromAsync.js';
import type { Context } from '../Context.js';
import { formatOf } from '../formatOf.js';
import { HttpError } from '../HttpError.js';
import { JSON_TYPE } from '../jsonBody.js';
import { noDevice } from '../noDevice.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { trackBody } from '../trackBody.js';
import { fixesText, lineText } from '../trackText.js';

interface TrackParameters extends SpanParameters {
  readonly limit?: number;
  readonly after?: string;
  readonly format?: 'json' | 'features' | DocumentFormat;
}

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1000;

/** `GET /api/devices/:device/track` */
export function trackRoute(api: FastifyInstance, context: Context): void {
  const { past, now, turns } = context;
  api.get<{ Params: { device: string }; Querystring: TrackParameters }>(
    '/api/devices/:device/track',
    { schema: SCHEMAS.track },
    async ({ params: { device }, query, headers, signal }, reply) => {
      const { limit, after } = query;
      const [span, copies, format] = [spanOf(query, now), query.copies === '1', formatOf(query.format, headers.accept)];
      if (format !== 'json' && format !== 'geojson') {
        if (limit !== undefined || after !== undefined) throw new HttpError(400, 'bad-request', notInPages(format, query));
        const document = format === 'features' ? 'geojson' : format;
        const body = await trackBody(document, past, { device, span, copies, signal });
        if (body) return reply.type(DOCUMENT_TYPES[document]).send(body);
        if (!(await past.first(device, signal))) throw await noDevice(device, context, signal);
        throw new HttpError(404, 'later', `device ${shown(device)} has no fix between from and to`);
      }
      if (!(await past.first(device, signal))) throw await noDevice(device, context, signal);
      const page = await firstValueFrom(fromAsync(past.track(device, span, { after, limit: limit ?? PAGE_FIXES, copies, signal })));
      const body = await turns.finish(format === 'geojson' ? lineText(device, page) : fixesText(page), signal);
      return reply.type(format === 'geojson' ? DOCUMENT_TYPES.geojson : JSON_TYPE).send(body);
    },
  );
}

function notInPages(format: string, { limit }: TrackParameters): string {
  return `${limit === undefined ? 'after' : 'limit'} does not go with the format ${format}, which has all of the track: leave it out`;
}
