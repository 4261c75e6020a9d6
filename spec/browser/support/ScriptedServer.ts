import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const READER = fileURLToPath(new URL('../../../bundle/page/reader.js.gz', import.meta.url));

/** A server of the page's reader and an empty page, whose events a spec sends by hand. */
export class ScriptedServer {
  /** Of each request for events, after which event it goes on. */
  readonly resumed: (string | undefined)[] = [];
  private readonly open: ServerResponse[] = [];
  private readonly server: Server;

  private constructor(private readonly fleet: string) {
    this.server = createServer((request, response) => { this.answer(request, response); });
  }

  /** Starts one that answers every question for the fleet with a text. */
  static async start(fleet: string): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(fleet);
    await new Promise<void>((resolve) => scripted.server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Sends an event to whoever listens. */
  send(event: string, id: string, data: string): void {
    for (const response of this.open) response.write(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`);
  }

  /** Breaks the connections of all who listen. */
  cut(): void {
    for (const response of this.open.splice(0)) response.destroy();
  }

  end(): void {
    this.cut();
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
    if (url === '/page/reader.js') response.setHeader('content-type', 'text/javascript').end(gunzipSync(readFileSync(READER)));
    else if (url?.startsWith('/api/fleet')) response.setHeader('content-type', 'application/json').end(this.fleet);
    else if (url === '/api/events') {
      this.resumed.push(headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 50\n\n');
      this.open.push(response);
    } else response.setHeader('content-type', 'text/html').end('<!doctype html><title>empty</title>');
  }
}
