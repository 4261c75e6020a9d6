import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Live } from '../../serve/Live.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import { cannotListen } from './checkPort.js';
import { firstFreePort } from './firstFreePort.js';
import type { ServeSettings } from './serveSettings.js';
import { version } from '../version.js';

/** Beside the bundle that this is part of; from the compiled sources, in it. */
const PAGE = fileURLToPath(new URL(import.meta.url.includes('/bundle/') ? '../page' : '../../bundle/page', import.meta.url));
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** A server that listens. */
export interface Serving {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a log or a store.
 *
 * @param onLine called with what goes wrong, in a line
 * @throws FileError if there is none, or the port is taken
 */
export async function serving(
  output: string | StoreUrl,
  { host, port, token: given, tiles, attribution, cors }: ServeSettings,
  onLine: (line: string) => void,
  live?: Live,
): Promise<Serving> {
  const { serveLog } = await import('../../serve/serveLog.js'); // fastify takes its time to load, and only serving needs it
  const token = given?.text ?? (LOOPBACK.includes(host) ? undefined : randomBytes(16).toString('hex'));
  const query = token === undefined ? '' : `?token=${given?.isHidden ? '…' : encodeURIComponent(token)}`;
  let last = '';
  const onError = (error: unknown) => {
    const { message } = error as Error;
    if (message !== last) onLine(message);
    last = message;
  };
  const app = await serveLog(output, {
    version: version(),
    page: PAGE,
    token,
    tiles,
    attribution,
    cors,
    live,
    onError,
    now: () => Date.now(),
    usage: () => ({ memory: process.memoryUsage.rss(), cpu: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 }),
  });
  try {
    const listen = (number: number) => app.listen({ host, port: number });
    await (port.given ? listen(port.number) : firstFreePort(listen, port.number));
    const { port: chosen } = app.server.address() as AddressInfo;
    const shownHost = host.includes(':') ? `[${host}]` : host;
    return { url: `http://${shownHost}:${chosen}/${query}`, close: () => app.close() };
  } catch (cause) {
    await app.close();
    throw cannotListen({ host, port }, cause);
  }
}
