import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { shown } from '../domain/shown.js';
import { answerErrors } from './answerErrors.js';
import { boundConnections } from './boundConnections.js';
import { describe } from './describe.js';
import { guard, type GuardOptions } from './guard.js';
import { otherPages } from './otherPages.js';
import { refuseBroken } from './refuseBroken.js';

export interface HttpServerOptions extends GuardOptions {
  readonly version: string;
  /** Clients that may listen to events at the same time. */
  readonly maxClients: number;
  /** How long a connection may take to ask, in ms; twice as long for all that it sends. */
  readonly patience: number;
  /** Called with each failure that no client is to blame for. */
  readonly onError: (error: unknown) => void;
}

/** Idle connections of one address. */
const MAX_IDLE = 64;
/** Connections beside those of the clients that listen. */
const MAX_OTHERS = 256;
const MAX_BODY_BYTES = 1024;
const MAX_PARAMETER_CHARACTERS = 16_384;
const KEEP_ALIVE_MILLIS = 5000;

/** A server without routes: access, limits, what is refused before any route sees it, and how errors are answered. */
export async function httpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { version, maxClients, patience, onError } = options;
  const allow = otherPages(options.cors);
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 2 * patience,
    clientErrorHandler: () => undefined, // refuseBroken answers
    http: { requireHostHeader: false, headersTimeout: patience, connectionsCheckingInterval: patience / 5 },
    connectionTimeout: 0,
    frameworkErrors: (error, request, reply) => {
      const message = `${shown(request.url.slice(0, 100))} is not a valid address: ${error.message}`;
      allow(request, reply);
      void (reply as FastifyReply).code(error.statusCode ?? 400).send({ error: 'bad-request', message });
    },
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAMETER_CHARACTERS },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
    return503OnClosing: false,
  });
  refuseBroken(app.server, boundConnections(app.server, { max: maxClients + MAX_OTHERS, maxIdle: MAX_IDLE }));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data)); // the specs compare answers with their schemas
  app.removeContentTypeParser('text/plain');
  answerErrors(app, onError);
  app.addHook('onRequest', async (request, reply) => { allow(request, reply); });
  guard(app, options);
  await describe(app, version);
  return app;
}
