import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { monotonic } from '../rx/monotonic.js';

/** A connection that has been idle for less is not closed, however many come with it. */
const GRACE_MILLIS = 1000;

export interface ConnectionBounds {
  /** Connections at the same time. */
  readonly max: number;
  /** Idle ones of one address. */
  readonly maxIdle: number;
  /** ms of any clock that does not go back. Default: `monotonic`. */
  readonly now?: () => number;
}

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The answers to requests that it has begun. */
  readonly answers: Set<ServerResponse>;
  /** When it became idle last. */
  since: number;
}

/**
 * Keeps idle connections from shutting out busy ones. Of the idle ones of an address, those beyond `maxIdle` are closed,
 * the longest idle first. When there are `max` connections in all, the longest idle one makes room for the next. Holds
 * all that are open.
 *
 * @returns whether a connection is being answered a whole request
 */
export function boundConnections(
  server: Server,
  { max, maxIdle, now = () => monotonic.now() }: ConnectionBounds,
): (socket: Duplex) => boolean {
  const open = new Map<Duplex, Connection>();
  const idle = new Set<Connection>(); // here and below, the longest idle comes first
  const idleOf = new Map<string, Set<Connection>>();

  const wake = (connection: Connection) => {
    idle.delete(connection);
    const others = idleOf.get(connection.address);
    others?.delete(connection);
    if (others?.size === 0) idleOf.delete(connection.address);
  };
  const rest = (connection: Connection) => {
    const others = idleOf.get(connection.address) ?? new Set();
    idleOf.set(connection.address, others.add(connection));
    idle.add(connection);
    connection.since = now();
    for (const other of others) {
      if (others.size <= maxIdle || connection.since - other.since < GRACE_MILLIS) return;
      close(other);
    }
  };
  const forget = (connection: Connection) => {
    wake(connection);
    open.delete(connection.socket);
  };
  const close = (connection: Connection) => {
    forget(connection);
    connection.socket.destroy();
  };

  server.on('connection', (socket: Socket) => {
    const [longest] = idle;
    if (open.size >= max && !longest) {
      socket.destroy();
      return;
    }
    if (open.size >= max) close(longest!);
    const connection = { socket, address: socket.remoteAddress ?? '', answers: new Set<ServerResponse>(), since: 0 };
    open.set(socket, connection);
    socket.once('close', () => {
      forget(connection);
    });
    rest(connection);
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(socket);
    if (!connection) return; // it was closed in the meantime
    connection.answers.add(response);
    wake(connection);
    response.once('close', () => {
      connection.answers.delete(response);
      if (connection.answers.size === 0 && open.has(socket)) rest(connection);
    });
  });
  return (socket) => [...(open.get(socket)?.answers ?? [])].some(({ headersSent, req }) => headersSent || req.complete);
}
