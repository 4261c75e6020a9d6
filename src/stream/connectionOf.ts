import { readFileSync } from 'node:fs';
import type { Authenticator, NodeConnectionOptions } from '@nats-io/transport-node';
import { FileError } from '../csv/FileError.js';
import type { StreamUrl } from './streamUrl.js';

/** How long a server may take to let one in, after how many ms without a word it is asked for one, and how often in vain. */
const [CONNECT_MILLIS, PING_MILLIS, MAX_PINGS] = [10_000, 5000, 2];
/** How long to wait before the next try to connect, in ms, with a part of it by chance. */
const [RECONNECT_MILLIS, JITTER_MILLIS] = [250, 100];

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
    ...(token === undefined ? {} : { token }),
    ...(file === undefined ? {} : { authenticator: byFile(Buffer.from(textOf(file))) }),
    ...(mode === 'offered' ? {} : { tls: { ...files, ...(mode === 'first' ? { handshakeFirst: true } : {}) } }),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw FileError.cannot('read', path, cause);
  }
}
