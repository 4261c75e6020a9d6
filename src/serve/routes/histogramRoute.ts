import type { FastifyInstance } from 'fastify';
import { formatInstant } from '../../domain/instant.js';
import { instantText } from '../../domain/instantText.js';
import type { Context } from '../Context.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

interface HistogramParameters extends Pick<SpanParameters, 'from' | 'to' | 'by'> {
  readonly bins: number;
}

/** `GET /api/histogram` */
export function histogramRoute(api: FastifyInstance, { served, past, now }: Context): void {
  api.get<{ Querystring: HistogramParameters }>('/api/histogram', { schema: SCHEMAS.histogram }, async ({ query, signal }) => {
    const { bins, by = 'arrival', ...ends } = query;
    const span = spanOf({ ...ends, by }, now);
    const finalUntil = await served.finalUntil(signal);
    const histogram = await past.histogram(span, bins, signal);
    const { changes, late, duplicates, conflicts, cursor } = histogram;
    return {
      by,
      from: changes.length === 0 ? null : formatInstant(histogram.from),
      step_seconds: histogram.step / 1e6,
      changes,
      late,
      duplicate: duplicates,
      conflict: conflicts,
      final_until: instantText(finalUntil),
      cursor,
    };
  });
}
