import type { FastifyInstance } from 'fastify';
import type { Context } from '../Context.js';
import { SCHEMAS } from '../schemas.js';

const OPENAPI = '/api/openapi.json';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** `GET /api`, and the document that it is made of. */
export function indexRoute(api: FastifyInstance, { version }: Context): void {
  api.get(OPENAPI, { schema: { hide: true } }, () => Promise.resolve(api.swagger()));
  api.get('/api', { schema: SCHEMAS.index }, () => {
    const { paths = {} } = api.swagger();
    const routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations as Readonly<Record<string, Operation>>).map(([method, { operationId, summary, parameters = [] }]) => {
        const names = parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name);
        const href = names.length === 0 ? path : `${path}{?${names.join()}}`;
        return { method: method.toUpperCase(), href, operation: operationId, summary };
      }),
    );
    return Promise.resolve({ version, page: '/', openapi: OPENAPI, routes });
  });
}
