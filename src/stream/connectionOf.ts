import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { Authenticator, NodeConnectionOptions } from '@nats-io/transport-node';
import { FileError } from '../csv/FileError.js';
import type { StreamUrl } from './streamUrl.js';

/** How long a server may take to let one in, after how many ms without a word it is asked for one, and how often in vain. */
const [CONNECT_MILLIS, PING_MILLIS, MAX_PINGS] = [5000, 5000, 2];
/** How long to wait before the next try to connect, in ms, with a part of it by chance. */
const [RECONNECT_MILLIS, JITTER_MILLIS] = [250, 100];
/** What Node.js takes a server without a name for. */
const UNNAMED = 'localhost';
/** A user who can have inboxes of that name, which nobody else needs to have the right to read. */
const TOKEN = /^[\w-]+$/;

/**
 * How to connect to the servers of a stream.
 *
 * @param byFile logs in with what a file of credentials has
 * @throws FileError if a file of the credentials or of TLS cannot be read
 */
export function connectionOf(
  { servers, credentials: { user, password, token, file }, tls: { mode, ca, cert, key } }: StreamUrl,
  byFile: (bytes: Uint8Array) => Authenticator,
): NodeConnectionOptions {
  const files = {
    checkServerIdentity: checkOf(servers),
    ...(ca === undefined ? {} : { ca: textOf(ca) }),
    ...(cert === undefined ? {} : { cert: textOf(cert) }),
    ...(key === undefined ? {} : { key: textOf(key) }),
  };
  return {
    servers: [...servers],
    name: 'lastfix',
    noAsyncTraces: true, // an error is made for every message, with its stack, in case that it fails
    timeout: CONNECT_MILLIS,
    pingInterval: PING_MILLIS,
    maxPingOut: MAX_PINGS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MILLIS,
    reconnectJitter: JITTER_MILLIS,
    reconnectJitterTLS: JITTER_MILLIS,
    ignoreAuthErrorAbort: true, // of a server that is being set up anew, or a password that is changed meanwhile
    ...(user === undefined ? {} : { user, pass: password ?? '' }),
    ...(user !== undefined && TOKEN.test(user) ? { inboxPrefix: `_INBOX.${user}` } : {}),
    ...(token === undefined ? {} : { token }),
    ...(file === undefined ? {} : { authenticator: byFile(Buffer.from(textOf(file))) }),
    ...(mode === 'offered' ? {} : { tls: { ...files, ...(mode === 'first' ? { handshakeFirst: true } : {}) } }),
  };
}

/**
 * The client asks for no name where a server is given by its address, and Node.js takes that for `localhost`: so the
 * certificate must be for one of the addresses, unless it is for `localhost`, and that was asked for.
 */
function checkOf(servers: readonly string[]): typeof checkServerIdentity {
  const hosts = servers.map((server) => server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
  const addresses = hosts.filter((host) => isIP(host) > 0);
  return (host, certificate) => {
    if (host !== UNNAMED || hosts.includes(host) || addresses.length === 0) return checkServerIdentity(host, certificate);
    const faults = addresses.map((address) => checkServerIdentity(address, certificate));
    return faults.includes(undefined) ? undefined : faults[0];
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', path, cause);
  }
}
