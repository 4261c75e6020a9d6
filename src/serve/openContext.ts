import type { Cursor } from '../domain/Appended.js';
import { Turns } from '../rx/Turns.js';
import { isStoreUrl, storeUrl, type StoreUrl } from '../store/storeUrl.js';
import { Tail } from '../tail/Tail.js';
import { Clients } from './Clients.js';
import type { Context } from './Context.js';
import { keepLatencies } from './keepLatencies.js';
import { KnownDevices } from './KnownDevices.js';
import { Latencies } from './Latencies.js';
import { messageOf } from './Message.js';
import { servedLog } from './servedLog.js';

type ContextOptions = Pick<Context, 'version' | 'tiles' | 'attribution' | 'now' | 'usage' | 'live' | 'onError'> & { readonly maxClients: number };

/** Opens a log or a store for the routes, and follows it. @throws FileError if there is none */
export async function openContext(
  output: string | StoreUrl,
  { maxClients, onError, ...options }: ContextOptions,
): Promise<{ readonly context: Context; readonly close: () => Promise<void> }> {
  const turns = new Turns();
  const url = typeof output === 'string' && isStoreUrl(output) ? storeUrl(output) : output;
  const served = typeof url === 'string' ? await servedLog(url, turns) : await openedStore(url, turns);
  const { past } = served;
  const read = async (after: Cursor, upTo?: Cursor) => {
    const appended = await past.appendedAfter(after, upTo);
    return appended && turns.finish(messageOf(appended));
  };
  const tail = new Tail(read, served.cursor, { onError });
  const known = new KnownDevices();
  const latencies = new Latencies(options.now);
  const following = tail.appended$.subscribe((appended) => {
    served.add(appended);
    known.add(appended);
  });
  if (options.live) following.add(keepLatencies(latencies, tail.appended$, options.live).subscribe());
  const devices = async () => {
    await known.read(past);
    return known;
  };
  void devices().catch(onError); // so that the first question need not wait for it
  const clients = new Clients(maxClients);
  return {
    context: { ...options, served, past, tail, devices, latencies, clients, turns, onError },
    close: async () => {
      following.unsubscribe();
      await past.close();
    },
  };
}

/** What it takes to ask a database is loaded only then. */
async function openedStore(url: StoreUrl, turns: Turns) {
  const { servedStore } = await import('./servedStore.js');
  return servedStore(url, turns);
}
