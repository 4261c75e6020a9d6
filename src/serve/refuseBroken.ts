import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

/** What is said of a request that is not understood, by what the parser says of it. */
const BROKEN: Readonly<Record<string, HttpError>> = {
  HPE_HEADER_OVERFLOW: new HttpError(431, 'bad-request', 'the address and the headers are too long: 16 KiB are read'),
  ERR_HTTP_REQUEST_TIMEOUT: new HttpError(408, 'too-slow', 'the request did not come in time: send all of it at once'),
};
const SAFE = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/**
 * Answers requests that no route ever sees in the same form as all others: what is not HTTP, comes too slowly, expects
 * something that is not supported, or asks for a tunnel.
 *
 * @param isAnswered whether a whole request is being answered on a connection, whose answer nothing must come into
 */
export function refuseBroken(server: Server, isAnswered: (socket: Duplex) => boolean): void {
  server.on('checkExpectation', ({ headers: { expect = '' } }: IncomingMessage, response: ServerResponse) => {
    response
      .writeHead(417, SAFE)
      .end(bodyOf(new HttpError(417, 'bad-request', `the header Expect: ${shown(expect)} is not supported: leave it out`)));
  });
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    end(socket, new HttpError(404, 'not-found', `there is no CONNECT ${shown(url)}: see /api/openapi.json`));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (isAnswered(socket)) socket.destroy();
    else end(socket, BROKEN[error.code ?? ''] ?? new HttpError(400, 'bad-request', `this is not an HTTP request: ${error.message}`));
  });
}

function end(socket: Duplex, error: HttpError): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = bodyOf(error);
  const headers = Object.entries({ ...SAFE, 'content-length': Buffer.byteLength(body), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${error.statusCode} ${STATUS_CODES[error.statusCode]}\r\n${headers.join('')}\r\n${body}`);
}

function bodyOf({ error, message }: HttpError): string {
  return JSON.stringify({ error, message });
}
