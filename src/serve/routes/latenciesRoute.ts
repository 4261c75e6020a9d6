import type { FastifyInstance } from 'fastify';
import { formatInstant } from '../../domain/instant.js';
import type { Context } from '../Context.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/latencies` */
export function latenciesRoute(api: FastifyInstance, { latencies }: Context): void {
  api.get('/api/latencies', { schema: SCHEMAS.latencies }, async () => {
    const { points } = latencies;
    const [p50, p95, p99] = (['p50', 'p95', 'p99'] as const).map((name) => points.map((point) => point[name]));
    return Promise.resolve({ stream_times: points.map(({ at }) => formatInstant(at)), end_to_end_ms: { p50, p95, p99 } });
  });
}
