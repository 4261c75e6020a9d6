import type { FastifyInstance } from 'fastify';
import { httpServer } from './httpServer.js';
import { openContext } from './openContext.js';
import { pageFiles } from './pageFiles.js';
import { controlRoute } from './routes/controlRoute.js';
import { devicesRoute } from './routes/devicesRoute.js';
import { eventsRoute } from './routes/eventsRoute.js';
import { fixRoute } from './routes/fixRoute.js';
import { fleetRoute } from './routes/fleetRoute.js';
import { metricsRoute } from './routes/metricsRoute.js';
import { statusRoute } from './routes/statusRoute.js';
import { trackRoute } from './routes/trackRoute.js';
import { tripRoute } from './routes/tripRoute.js';
import type { ServeOptions } from './ServeOptions.js';

const ROUTES = [statusRoute, devicesRoute, fixRoute, trackRoute, tripRoute, fleetRoute, eventsRoute, controlRoute, metricsRoute];

/**
 * A server of the log at `output`, still to be told to listen: the API of `SCHEMAS`, and the page.
 *
 * One reader of the log for all clients; it waits for none of them. Holds the files of the page, an open log, and for
 * each client what the system has not taken yet, 4 MiB at most.
 *
 * @throws FileError if there is no log
 */
export async function serveLog(
  output: string,
  { page, maxClients = 1024, patience = 5000, ...options }: ServeOptions,
): Promise<FastifyInstance> {
  const { context, close } = await openContext(output, { ...options, maxClients });
  const app = await httpServer({ ...options, maxClients, patience }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  app.addHook('onClose', close);
  await app.register((api, _, done) => {
    for (const route of ROUTES) route(api, context);
    api.get('/api/openapi.json', { schema: { hide: true } }, () => Promise.resolve(app.swagger()));
    pageFiles(api, page);
    done();
  });
  return app;
}
