import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { firstValueFrom } from 'rxjs';
import { getJson } from '../../../src/page/api/getJson.js';
import { Refused } from '../../../src/page/api/Refused.js';
import { Unanswered } from '../../../src/page/api/Unanswered.js';
import { failureOf } from '../../support/failureOf.js';

describe('getJson', () => {
  let server: Server;
  let origin = '';
  const gone: string[] = [];
  before(async () => {
    server = createServer((request, response) => {
      response.once('close', () => { if (!response.writableFinished) gone.push(request.url!); });
      if (request.url!.startsWith('/told')) response.end(JSON.stringify({ url: request.url }));
      else if (request.url === '/refused') response.writeHead(404).end('{"error":"unknown","message":"unknown device 7"}');
      else if (request.url === '/proxy') response.writeHead(502, 'Bad Gateway').end('<h1>502</h1>');
      else if (request.url === '/page') response.end('<h1>not JSON</h1>');
      else if (request.url === '/cut') response.writeHead(200, { 'content-length': '100' }).write('{', () => { response.destroy(); });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => { server.close(); });
  const failure = (url: string) => failureOf(firstValueFrom(getJson(url)));

  it('should tell what the server answers, asked with the parameters that are given', async () => {
    expect(await firstValueFrom(getJson(`${origin}/told`, { at: '2021-10-23T12:00:00Z', by: undefined, limit: 3 }))).to.deep.equal({
      url: '/told?at=2021-10-23T12%3A00%3A00Z&limit=3',
    });
    expect(await firstValueFrom(getJson(`${origin}/told`))).to.deep.equal({ url: '/told' });
  });

  it('should fail with the words of the server, or with its status if it has none', async () => {
    const refused = await failure(`${origin}/refused`);
    expect(refused).to.be.instanceOf(Refused).with.property('error', 'unknown');
    expect(refused).to.have.property('message', 'unknown device 7');
    expect(await failure(`${origin}/proxy`))
      .to.be.instanceOf(Refused)
      .with.property('message')
      .that.contains('502 Bad Gateway')
      .and.not.contains('<h1>');
    expect(await failure(`${origin}/page`))
      .to.be.instanceOf(Refused)
      .with.property('message')
      .that.contains('200 OK')
      .and.not.contains('<h1>');
  });

  it('should say in plain words that nobody answers, or not to the end', async () => {
    for (const url of ['http://127.0.0.1:1/', `${origin}/cut`]) {
      const error = await failure(url);
      expect(error).to.be.instanceOf(Unanswered).with.property('message', 'the server does not answer');
      expect(error).to.have.property('cause').that.is.instanceOf(TypeError);
    }
  });

  it('should let go of the request when it is unsubscribed from', async () => {
    const asked = once(server, 'request');
    const subscription = getJson(`${origin}/silent`).subscribe();
    const [, response] = await asked as [unknown, NodeJS.EventEmitter];
    const closed = once(response, 'close');
    subscription.unsubscribe();
    await closed;
    expect(gone).to.include('/silent');
  });
});
