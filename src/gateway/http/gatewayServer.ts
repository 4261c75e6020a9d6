import { createServer, type Server } from 'node:http';
import { boundConnections } from '../../serve/boundConnections.js';
import { refuseBroken } from '../../serve/refuseBroken.js';
import { answerRequest } from './answerRequest.js';
import { boundAddresses } from './boundAddresses.js';
import type { GatewayContext } from './GatewayContext.js';

export interface GatewayServerOptions {
  /** Connections in all, and of one address. */
  readonly connections: { readonly all: number; readonly perAddress: number };
  /** How long a request may take to come, in ms. */
  readonly requestTime: number;
}

/** Idle connections are kept for longer than a proxy keeps them, so that it is not cut off when it asks. */
const KEEP_ALIVE_MILLIS = 75_000;

/** A server that takes fixes, and does not listen yet. */
export function gatewayServer(context: GatewayContext, { connections, requestTime }: GatewayServerOptions): Server {
  const server = createServer({
    requireHostHeader: false, // some trackers send none
    headersTimeout: requestTime / 2,
    requestTimeout: requestTime,
    connectionsCheckingInterval: requestTime / 10,
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    noDelay: true,
  });
  boundAddresses(server, connections.perAddress);
  refuseBroken(server, boundConnections(server, { max: connections.all, maxIdle: connections.perAddress }));
  server.on('request', (request, response) => { answerRequest(request, response, context).catch(context.onError); });
  return server;
}
