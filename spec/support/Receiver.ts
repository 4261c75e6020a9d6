import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that was received whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Respond = (response: ServerResponse, request: Received, i: number) => unknown;

/** An HTTP server that remembers what it received, and answers as the test says: 200 unless it says otherwise. */
export class Receiver {
  readonly received: Received[] = [];
  connections = 0;
  respond: Respond = (response) => response.end();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const received = { method, path, headers, body };
        this.respond(response, received, this.received.push(received) - 1);
      });
    });
    this.#server.on('connection', () => this.connections++);
  }

  /** One that listens at a free port, or at the one that is given. */
  static async start(port = 0): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The objects of all lines of the requests that were received. */
  get lines(): readonly Readonly<Record<string, unknown>>[] {
    return this.received.flatMap(({ body }) =>
      body.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>),
    );
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
