import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import { fileName } from '../../domain/fileName.js';
import { DOCUMENT_TYPES } from '../../formats/DocumentFormat.js';
import { fromAsync } from '../../rx/fromAsync.js';
import { attachment } from '../attachment.js';
import type { Context } from '../Context.js';
import { formatOf, type AnswerFormat } from '../formatOf.js';
import { HttpError } from '../HttpError.js';
import { JSON_TYPE } from '../jsonBody.js';
import { noDevice } from '../noDevice.js';
import { noFixBetween } from '../noFixBetween.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { trackBody } from '../trackBody.js';
import { trackText } from '../trackText.js';

interface TrackParameters extends SpanParameters {
  readonly limit?: number;
  readonly after?: string;
  readonly format?: AnswerFormat;
}

interface TrackRequest {
  Params: { readonly device: string };
  Querystring: TrackParameters;
}

/** Fixes of a page, unless fewer or more are asked for. */
const PAGE_FIXES = 1000;

/** `GET /api/devices/:device/track` */
export function trackRoute(api: FastifyInstance, context: Context): void {
  const { served, past, now, turns } = context;
  api.get<TrackRequest>('/api/devices/:device/track', { schema: SCHEMAS.track }, async (request, reply) => {
    const { params: { device }, query, signal } = request;
    const { limit, after } = query;
    const [span, copies, format] = [spanOf(query, now), query.copies === '1', formatOf(request, reply)];
    if (format !== 'json' && (limit !== undefined || after !== undefined))
      throw new HttpError(400, 'bad-request', notInPages(format, query));
    const finalUntil = await served.finalUntil(signal);
    if (!(await past.first(device, signal))) throw await noDevice(device, finalUntil, context, signal);
    if (format === 'json') {
      const page = await firstValueFrom(fromAsync(past.track(device, span, { after, limit: limit ?? PAGE_FIXES, copies, signal })));
      return reply.type(JSON_TYPE).send(await turns.finish(trackText(page, finalUntil), signal));
    }
    const body = await trackBody(format, past, { device, span, copies, signal });
    if (!body) throw noFixBetween(device, finalUntil);
    const file = fileName([device, 'track'], [span.knownAt, span.to].find(Number.isFinite), format);
    return reply.type(DOCUMENT_TYPES[format]).header('content-disposition', attachment(file)).send(body);
  });
}

function notInPages(format: string, { limit }: TrackParameters): string {
  return `${limit === undefined ? 'after' : 'limit'} does not go with the format ${format}, which has all of the track: leave it out`;
}
