import { copyFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { BehaviorSubject } from 'rxjs';
import { originFault } from '../../src/serve/originFault.js';
import type { Live, LiveState } from '../../src/serve/Live.js';
import { serveLog } from '../../src/serve/serveLog.js';
import { Listener } from '../support/Listener.js';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const PAGE = 'https://dash.example';
const OTHER = 'http://localhost:3000';
const EVIL = 'https://evil.example';
const TOKEN = 'a-token-of-one-self';
const fixture = (path: string) => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

describe('pages of other origins', () => {
  const at = temporaryFolder();
  before(() => {
    for (const kind of ['', '.late']) copyFileSync(fixture(`minute.expected/output_stream${kind}.csv`), at(`log${kind}.csv`));
  });
  const cors = [PAGE, OTHER];
  /** Asks as a browser does for a page; fetch would not send some of these headers. */
  const ask = async (url: string, path: string, headers: Record<string, string>, method = 'GET', body = '') => {
    const asking = request(url + path, { method, agent: false, headers });
    asking.end(body);
    const [response] = (await once(asking, 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode, headers: response.headers };
  };
  const allowed = (headers: IncomingHttpHeaders) => [headers['access-control-allow-origin'], headers['access-control-allow-credentials']];

  it('should be able to read answers, failures, and what is no HTTP address, if their origin was named', async () => {
    await serving(at('log.csv'), async (url) => {
      for (const origin of cors) {
        for (const [path, status] of [
          ['api/fleet', 200],
          ['api/devices/8250/track?format=gpx', 200],
          ['api/devices/nobody/fix', 404],
          ['api/fleet?at=x', 400],
          ['api/nothing', 404],
          ['api/devices/%zz/fix', 400],
        ] as const) {
          const answer = await ask(url, path, { origin });
          expect([path, answer.status, ...allowed(answer.headers)]).to.deep.equal([path, status, origin, 'true']);
          expect(answer.headers.vary, path).to.match(/^Origin\b/);
          expect(answer.headers['access-control-expose-headers']).to.equal('Content-Disposition');
        }
        const listener = await Listener.open(url, { origin });
        expect(allowed(listener.response.headers)).to.deep.equal([origin, 'true']);
        listener.close();
      }
    }, { cors });
  });

  it('should read nothing otherwise, whatever they are called', async () => {
    await serving(at('log.csv'), async (url) => {
      for (const origin of [EVIL, 'null', '*', `${PAGE}.evil.example`, 'http://dash.example', `${PAGE}:444`, PAGE.toUpperCase()]) {
        const { headers } = await ask(url, 'api/fleet', { origin });
        expect([origin, ...allowed(headers)]).to.deep.equal([origin, undefined, undefined]);
        expect(headers.vary).to.match(/^Origin\b/); // or a cache would give it what another was allowed
        const preflight = await ask(url, 'api/fleet', { origin, 'access-control-request-method': 'GET' }, 'OPTIONS');
        expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
      }
      expect(allowed((await ask(url, 'api/fleet', {})).headers)).to.deep.equal([undefined, undefined]);
    }, { cors });
    await serving(at('log.csv'), async (url) => {
      const { headers } = await ask(url, 'api/status', { origin: PAGE });
      expect([...allowed(headers), headers.vary]).to.deep.equal([undefined, undefined, undefined]);
    });
  });

  it('should be told before they ask what they may, without the token, which they need then', async () => {
    await serving(at('log.csv'), async (url) => {
      const asking = { origin: PAGE, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' };
      const { status, headers } = await ask(url, 'api/control', asking, 'OPTIONS');
      expect([status, ...allowed(headers)]).to.deep.equal([204, PAGE, 'true']);
      expect(headers['access-control-allow-methods']).to.equal('POST, OPTIONS');
      expect(headers['access-control-allow-headers']).to.equal('Authorization, Content-Type, Last-Event-ID');
      expect(headers['access-control-max-age']).to.equal('600');
      expect(headers.vary).to.equal('Origin');

      const refused = await ask(url, 'api/fleet', { origin: PAGE });
      expect([refused.status, ...allowed(refused.headers)]).to.deep.equal([401, PAGE, 'true']);
      const answered = await ask(url, 'api/fleet', { origin: PAGE, authorization: `Bearer ${TOKEN}` });
      expect([answered.status, ...allowed(answered.headers)]).to.deep.equal([200, PAGE, 'true']);
      const listener = await Listener.open(url, { origin: PAGE, authorization: `Bearer ${TOKEN}` });
      expect([listener.response.statusCode, ...allowed(listener.response.headers)]).to.deep.equal([200, PAGE, 'true']);
      listener.close();
    }, { cors, token: TOKEN });
  });

  it('should not be let in by another host name, nor steer from another origin', async () => {
    const state: LiveState = {
      running: true,
      pace: { paused: false, rate: 1 },
      paceChanges: 0,
      span: undefined,
      endToEnd: undefined,
      written: 0,
      lateness: undefined,
      judged: 0,
    };
    const live: Live = { state$: new BehaviorSubject(state), steer: () => Promise.resolve() };
    await serving(at('log.csv'), async (url) => {
      const wrong = await ask(url, 'api/fleet', { origin: PAGE, host: 'dash.example' });
      expect([wrong.status, ...allowed(wrong.headers)]).to.deep.equal([421, PAGE, 'true']);
      const preflight = await ask(url, 'api/fleet', { origin: PAGE, host: 'dash.example' }, 'OPTIONS');
      expect(preflight.status).to.equal(421);
      const steer = async (origin: string) => {
        const headers = { origin, 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
        return (await ask(url, 'api/control', headers, 'POST', '{"command":"pause"}')).status;
      };
      expect(await steer(PAGE)).to.equal(200);
      expect(await steer(EVIL)).to.equal(403);
    }, { cors, live });
  });

  it('should be named by their origins alone', async () => {
    const example = 'write it like https://example.org or http://localhost:3000';
    for (const origin of [PAGE, OTHER, 'http://[::1]:8080', 'https://xn--bcher-kva.example']) expect(originFault(origin)).to.equal(undefined);
    for (const [text, fault] of [
      ['*', `"*" would let every page ask: name the origins of those that may, and ${example}`],
      ['dash.example', `"dash.example" is not the origin of a page: ${example}`],
      ['null', `"null" is not the origin of a page: ${example}`],
      ['', `"" is not the origin of a page: ${example}`],
      ['file:///etc', `"file:///etc" is not the origin of a page: ${example}`],
      ['https://dash.example/', '"https://dash.example/" is not an origin alone: write https://dash.example'],
      ['https://dash.example:443/x?y', '"https://dash.example:443/x?y" is not an origin alone: write https://dash.example'],
      ['HTTPS://Dash.example', '"HTTPS://Dash.example" is not an origin alone: write https://dash.example'],
      ['https://me:secret@dash.example', '"https://me:secret@dash.example" is not an origin alone: write https://dash.example'],
    ] as const) {
      expect(originFault(text)).to.equal(fault);
    }
    const failing = serveLog(at('log.csv'), { onError: () => undefined, cors: ['*'] });
    expect(await failing.catch((error: unknown) => error)).to.be.instanceOf(TypeError);
  });
});
