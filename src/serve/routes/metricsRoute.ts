import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import type { Context } from '../Context.js';
import { metricsText } from '../metricsText.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /metrics` */
export function metricsRoute(api: FastifyInstance, { served, past, devices, clients, live, usage }: Context): void {
  api.get('/metrics', { schema: SCHEMAS.metrics }, async ({ signal }, reply) => {
    const { size } = await devices();
    const state = live && (await firstValueFrom(live.state$));
    const { verdicts } = await past.extent(signal);
    const text = metricsText({ verdicts, devices: size, clients, bytes: await served.bytes(), live: state, usage: usage?.() });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
