import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import type { Context } from '../Context.js';
import { metricsText } from '../metricsText.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /metrics` */
export function metricsRoute(api: FastifyInstance, { served, devices, clients, live, usage }: Context): void {
  api.get('/metrics', { schema: SCHEMAS.metrics }, async ({ signal }, reply) => {
    const state = live && (await firstValueFrom(live.state$));
    const { verdicts, bytes, store } = await served.figures(signal);
    const count = store?.devices ?? (await devices()).size;
    const text = metricsText({ verdicts, devices: count, store, clients, bytes, live: state, usage: usage?.() });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
