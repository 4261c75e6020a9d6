import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { TAGS } from './schemas.js';
import { COMPONENTS } from './schemas/COMPONENTS.js';

/** Has the routes described as an OpenAPI document, with the components by their names. */
export async function describe(app: FastifyInstance, version: string): Promise<void> {
  for (const [name, schema] of Object.entries(COMPONENTS)) app.addSchema({ $id: name, ...schema });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'lastfix', version, description: 'What was known about any device at any moment.' },
      tags: [...TAGS],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Needed if the server has a token' } } },
      security: [{}, { token: [] }],
    },
    refResolver: { buildLocalReference: ({ $id }, _uri, _fragment, i) => (typeof $id === 'string' ? $id : `def-${i}`) },
  });
}
