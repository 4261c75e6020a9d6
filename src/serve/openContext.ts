import { statSync } from 'node:fs';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { Turns } from '../rx/Turns.js';
import { Asked } from './Asked.js';
import { Clients } from './Clients.js';
import type { Context } from './Context.js';
import { Counts } from './Counts.js';
import { KnownDevices } from './KnownDevices.js';
import { LogTail } from './LogTail.js';
import { endOf } from './Place.js';
import type { ServeOptions } from './serveLog.js';

type ContextOptions = Pick<ServeOptions, 'version' | 'tiles' | 'now' | 'usage' | 'live' | 'onError'> & { readonly maxClients: number };

/** Opens the log at `output` for the routes, and follows it. @throws FileError if there is no log */
export async function openContext(
  output: string,
  { maxClients, live, onError, ...options }: ContextOptions,
): Promise<{ readonly context: Context; readonly close: () => Promise<void> }> {
  const path = await placeOf(output);
  const paths = logPaths(path);
  const turns = new Turns();
  const past = new Asked(path, turns);
  const { place, rows, end } = await past.ask((history) => ({ place: endOf(history), rows: history.rows, end: history.end }));
  const tail = new LogTail(paths, place, turns, { onError });
  tail.streamTime = end;
  const counts = new Counts();
  counts.verdicts.change = rows[0]!;
  const known = new KnownDevices();
  const following = tail.message$.subscribe((message) => {
    counts.add(message);
    known.add(message);
  });
  void counts.read(paths, place.late, turns).catch(onError);
  const devicesRead = known.read(past).catch(onError);
  const devices = () => devicesRead.then(() => known);
  const bytes = () => bytesOf(paths.changes) + bytesOf(paths.late);
  const clients = new Clients(maxClients);
  return {
    context: { ...options, output, past, tail, counts, devices, live, clients, bytes, turns, onError },
    close: async () => {
      following.unsubscribe();
      await past.close();
    },
  };
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
