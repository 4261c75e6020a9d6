import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const fixture = (path: string) => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));
const GETS = ['api', 'api/openapi.json', 'api/status', 'api/devices', 'api/devices/8250/fix', 'api/devices/8250/track?format=csv', 'api/fleet', 'metrics'];

interface Index {
  readonly openapi: string;
  readonly page: string;
  readonly routes: readonly { readonly method: string; readonly href: string; readonly operation: string }[];
}

describe('the methods of the API', () => {
  const at = temporaryFolder();
  before(() => {
    for (const kind of ['', '.late']) copyFileSync(fixture(`minute.expected/output_stream${kind}.csv`), at(`log${kind}.csv`));
  });
  const ask = async (url: string, path: string, method: string) => {
    const asking = request(url + path, { method, agent: false });
    asking.end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    let body = '';
    response.setEncoding('utf8').on('data', (text: string) => (body += text));
    await once(response, 'end');
    return { status: response.statusCode!, headers: response.headers, body };
  };

  it('should answer HEAD as GET, without the body', async () => {
    await serving(at('log.csv'), async (url) => {
      for (const path of [...GETS, 'api/devices/nobody/fix', 'api/fleet?at=x']) {
        const [head, get] = [await ask(url, path, 'HEAD'), await ask(url, path, 'GET')];
        expect([path, head.status, head.headers['content-type'], head.body]).to.deep.equal([
          path,
          get.status,
          get.headers['content-type'],
          '',
        ]);
        expect(head.headers['content-disposition']).to.equal(get.headers['content-disposition']);
        if (path === 'api') expect(Number(head.headers['content-length'])).to.equal(Buffer.byteLength(get.body));
      }
    });
  });

  it('should end HEAD of the events at once, and count no client for it', async () => {
    await serving(at('log.csv'), async (url) => {
      const { status, headers, body } = await ask(url, 'api/events', 'HEAD');
      expect([status, headers['content-type'], headers['content-length'], body]).to.deep.equal([200, 'text/event-stream', undefined, '']);
      expect((await ask(url, 'api/events?after=x', 'HEAD')).status).to.equal(400);
      expect((await ask(url, 'metrics', 'GET')).body).to.match(/^lastfix_clients 0$/m);
    });
  });

  it('should say of every route which methods it has, and refuse others', async () => {
    await serving(at('log.csv'), async (url) => {
      for (const [path, allow, other] of [
        ...GETS.map((path) => [path, 'GET, HEAD, OPTIONS', 'POST'] as const),
        ['', 'GET, HEAD, OPTIONS', 'DELETE'],
        ['page/page.css', 'GET, HEAD, OPTIONS', 'PUT'],
        ['api/events', 'GET, HEAD, OPTIONS', 'PATCH'],
        ['api/control', 'POST, OPTIONS', 'GET'],
        ['api/control', 'POST, OPTIONS', 'HEAD'],
      ] as const) {
        const { status, headers, body } = await ask(url, path, 'OPTIONS');
        expect([path, status, headers.allow, body]).to.deep.equal([path, 204, allow, '']);
        const refused = await ask(url, path, other);
        expect([path, refused.status, refused.headers.allow]).to.deep.equal([path, 405, allow]);
        if (other === 'HEAD') continue;
        const message = `${other} is not for "/${path}", which takes ${allow}`;
        expect(JSON.parse(refused.body)).to.deep.equal({ error: 'wrong-method', message });
      }
      expect((await ask(url, 'api/nothing', 'OPTIONS')).status).to.equal(404);
    });
  });

  it('should be listed at /api, each route with an address that is answered', async () => {
    await serving(at('log.csv'), async (url) => {
      const { openapi, page, routes } = JSON.parse((await ask(url, 'api', 'GET')).body) as Index;
      const { paths } = JSON.parse((await ask(url, openapi.slice(1), 'GET')).body) as { paths: Record<string, Record<string, { operationId: string }>> };
      const described = Object.entries(paths).flatMap(([path, own]) =>
        Object.entries(own).map(([method, { operationId }]) => [method.toUpperCase(), path, operationId]),
      );
      expect(routes.map(({ method, href, operation }) => [method, href.replace(/\{\?.*\}$/, ''), operation])).to.deep.equal(described);
      expect(new Set(routes.map(({ operation }) => operation)).size).to.equal(routes.length);
      expect(page).to.equal('/');
      for (const { href } of routes.filter(({ method }) => method === 'GET')) {
        const [path = '', names = ''] = href.replace('{device}', '8250').split(/\{\?|\}/);
        const values: Record<string, string> = { limit: '5', by: 'event', copies: '0', format: 'json' };
        const query = names.split(',').filter((name) => name in values).map((name) => `${name}=${values[name]!}`).join('&');
        expect([href, (await ask(url, `${path}?${query}`.slice(1), 'HEAD')).status]).to.deep.equal([href, 200]);
      }
    });
  });
});
