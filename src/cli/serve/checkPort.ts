import { once } from 'node:events';
import { createServer } from 'node:net';
import { FileError } from '../../index.js';
import { shown } from '../../domain/shown.js';
import type { ServeSettings } from './serveSettings.js';

/** Makes sure that the address can be had, and the port if one was asked for, before anything is written. @throws FileError if not */
export async function checkPort({ host, port }: ServeSettings): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(port.given ? port.number : 0, host), 'listening');
  } catch (cause) {
    throw cannotListen({ host, port }, cause);
  }
  server.close();
  await once(server, 'close');
}

/** Says why a port cannot be had, and what to do. */
export function cannotListen({ host, port }: Pick<ServeSettings, 'host' | 'port'>, cause: unknown): FileError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port.number} of ${host} is taken: choose another with --port, or leave it out for the next free one`,
    EACCES: `port ${port.number} of ${host} may not be used by this user: choose one from 1024 up with --port`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: give --host one that is, or 0.0.0.0 for all of them`,
    ENOTFOUND: `--host ${shown(host)} is not a name that is known here: give an address of this machine, or 0.0.0.0 for all of them`,
  };
  return new FileError(reasons[code] ?? `cannot listen on port ${port.number} of ${host}: ${message}`, { cause });
}
