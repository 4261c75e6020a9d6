import { statSync } from 'node:fs';
import type { Cursor } from '../domain/Appended.js';
import { CsvPast } from '../history/CsvPast.js';
import { logPaths } from '../log/paths.js';
import { placeOf } from '../log/placeOf.js';
import { speedUnitOf } from '../log/speedUnitOf.js';
import { Turns } from '../rx/Turns.js';
import { lateRows } from '../tail/lateRows.js';
import { Tail } from '../tail/Tail.js';
import { Clients } from './Clients.js';
import type { Context } from './Context.js';
import { Counts } from './Counts.js';
import { KnownDevices } from './KnownDevices.js';
import { messageOf } from './Message.js';

type ContextOptions = Pick<Context, 'version' | 'tiles' | 'now' | 'usage' | 'live' | 'onError'> & { readonly maxClients: number };

/** Opens the log at `output` for the routes, and follows it. @throws FileError if there is no log */
export async function openContext(
  output: string,
  { maxClients, live, onError, ...options }: ContextOptions,
): Promise<{ readonly context: Context; readonly close: () => Promise<void> }> {
  const path = await placeOf(output);
  const paths = logPaths(path);
  const turns = new Turns();
  const past = new CsvPast(path, { turns, followLinks: false });
  const { cursor, changes } = await past.extent();
  const read = async (after: Cursor, upTo?: Cursor) => {
    const appended = await past.appendedAfter(after, upTo);
    return appended && turns.finish(messageOf(appended));
  };
  const tail = new Tail(read, cursor, { onError });
  const counts = new Counts();
  counts.verdicts.change = changes;
  const known = new KnownDevices();
  const following = tail.appended$.subscribe((appended) => {
    counts.add(appended);
    known.add(appended);
  });
  void counts.read(lateRows(paths, cursor, turns)).catch(onError);
  const devicesRead = known.read(past).catch(onError);
  const devices = () => devicesRead.then(() => known);
  const bytes = () => bytesOf(paths.changes) + bytesOf(paths.late);
  const clients = new Clients(maxClients);
  return {
    context: { ...options, output, past, tail, counts, devices, live, clients, speedUnit: () => speedUnitOf(path), bytes, turns, onError },
    close: async () => {
      following.unsubscribe();
      await past.close();
    },
  };
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
