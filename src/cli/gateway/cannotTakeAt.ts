import { FileError } from '../../index.js';
import { shown } from '../../domain/shown.js';
import type { HttpPlace } from './httpOf.js';

/** Says why a place cannot be listened at, and what to do; any other error as it is. */
export function cannotTakeAt(http: HttpPlace | undefined, cause: unknown): unknown {
  const { code = '', syscall, message } = cause as NodeJS.ErrnoException;
  if (!http || (syscall !== 'listen' && syscall !== 'getaddrinfo')) return cause;
  const { host, port } = http;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken: choose another with --http`,
    EACCES: `port ${port} of ${host} may not be used by this user: choose one from 1024 up with --http`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: give one that is, or 0.0.0.0 for all of them, with --http`,
    ENOTFOUND: `${shown(host)} is not a name that is known here: give an address of this machine, or 0.0.0.0 for all of them, with --http`,
  };
  return new FileError(reasons[code] ?? `cannot listen on port ${port} of ${host}: ${message}`, { cause });
}
