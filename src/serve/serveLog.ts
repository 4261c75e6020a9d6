import type { FastifyInstance } from 'fastify';
import { asyncScheduler } from 'rxjs';
import { httpServer } from './httpServer.js';
import { openContext } from './openContext.js';
import { otherMethods } from './otherMethods.js';
import { ownPage, ownVersion } from './ownPackage.js';
import { pageFiles } from './pageFiles.js';
import { changesRoute } from './routes/changesRoute.js';
import { controlRoute } from './routes/controlRoute.js';
import { devicesRoute } from './routes/devicesRoute.js';
import { eventsRoute } from './routes/eventsRoute.js';
import { fixRoute } from './routes/fixRoute.js';
import { fleetRoute } from './routes/fleetRoute.js';
import { histogramRoute } from './routes/histogramRoute.js';
import { indexRoute } from './routes/indexRoute.js';
import { lateRoute } from './routes/lateRoute.js';
import { latenciesRoute } from './routes/latenciesRoute.js';
import { metricsRoute } from './routes/metricsRoute.js';
import { statusRoute } from './routes/statusRoute.js';
import { trackRoute } from './routes/trackRoute.js';
import { tripRoute } from './routes/tripRoute.js';
import type { StoreUrl } from '../store/storeUrl.js';
import type { ServeOptions } from './ServeOptions.js';
import { checkTiles, isTilesFile, tilesFile } from './tilesFile.js';

const ROUTES = [
  indexRoute,
  statusRoute,
  devicesRoute,
  fixRoute,
  trackRoute,
  tripRoute,
  fleetRoute,
  histogramRoute,
  changesRoute,
  lateRoute,
  eventsRoute,
  latenciesRoute,
  controlRoute,
  metricsRoute,
];

/**
 * A server of the log at `output`, or of the store that it is the URL of, which does not listen yet: the API that
 * `/api/openapi.json` describes, and the page.
 *
 * One reader of it for all clients; it waits for none of them. Holds the files of the page, an open log, and for
 * each client what the system has not taken yet, 4 MiB at most. `close` ends all of it.
 *
 * @throws FileError if there is none, or the tiles are a file that has none
 */
export async function serveLog(
  output: string | StoreUrl,
  {
    version = ownVersion(),
    page = ownPage(),
    maxClients = 1024,
    patience = 5000,
    now = () => asyncScheduler.now(),
    tiles,
    ...options
  }: ServeOptions,
): Promise<FastifyInstance> {
  if (tiles !== undefined && isTilesFile(tiles)) await checkTiles(tiles);
  const { context, close } = await openContext(output, { ...options, tiles, version, maxClients, now });
  const app = await httpServer({ ...options, tiles, version, maxClients, patience }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  app.addHook('onClose', close);
  const addOptions = otherMethods(app);
  await app.register((api, _, done) => {
    for (const route of ROUTES) route(api, context);
    pageFiles(api, page);
    if (tiles !== undefined && isTilesFile(tiles)) tilesFile(api, tiles);
    addOptions(api);
    done();
  });
  return app;
}
