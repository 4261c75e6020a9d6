import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../../domain/finish.js';
import { mapInSteps } from '../../domain/mapInSteps.js';
import type { Context } from '../Context.js';
import { JSON_TYPE, jsonBody } from '../jsonBody.js';
import type { KnownDevices } from '../KnownDevices.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/devices` */
export function devicesRoute(api: FastifyInstance, { devices, turns }: Context): void {
  api.get('/api/devices', { schema: SCHEMAS.devices }, async ({ signal }, reply) => {
    const known = await devices();
    return reply.type(JSON_TYPE).send(await turns.finish(devicesText(known), signal));
  });
}

function* devicesText(known: KnownDevices): Steps<Readable> {
  const ids = yield* mapInSteps(yield* known.inOrder(), (id) => JSON.stringify(id));
  return jsonBody('{"devices":[', ids, ']}');
}
