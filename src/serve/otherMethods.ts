import { Readable } from 'node:stream';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Answers HEAD wherever GET is, without making a body, and OPTIONS of every route that is added from now on with the methods
 * that it has; others are refused with them.
 *
 * @returns adds the routes for these, when the others are there
 */
export function otherMethods(app: FastifyInstance): (api: FastifyInstance) => void {
  const methods = new Map<string, HTTPMethods[]>();
  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, [...(methods.get(url) ?? []), ...[method].flat()]);
  });
  app.addHook('onSend', async ({ method }, _, payload) => {
    if (method !== 'HEAD' || !(payload instanceof Readable)) return payload;
    payload.destroy();
    return Readable.from([]);
  });
  return (api) => {
    for (const [url, own] of [...methods]) {
      const allow = [...new Set([...own, 'OPTIONS'])].join(', ');
      api.options(url, { schema: { hide: true } }, (_, reply) => {
        if (reply.hasHeader('access-control-allow-origin')) reply.header('access-control-allow-methods', allow);
        return reply.code(204).header('allow', allow).send();
      });
      api.route({
        method: METHODS.filter((method) => !own.includes(method)),
        url,
        schema: { hide: true },
        onRequest: async ({ method, url }, reply) => {
          reply.header('allow', allow);
          throw new HttpError(405, 'wrong-method', `${method} is not for ${shown(url.slice(0, 100))}, which takes ${allow}`);
        },
        handler: () => undefined, // it has been refused
      });
    }
  };
}
