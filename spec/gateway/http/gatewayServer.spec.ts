import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { GatewayOptions } from '../../../src/gateway/openGateway.js';
import { eventually } from '../../support/eventually.js';
import { failureOf } from '../../support/failureOf.js';
import { gatewayAt, type GatewayAt } from '../../support/gatewayAt.js';
import { MemoryOutlet } from '../../support/MemoryOutlet.js';

const OWN = { device_id: 'a', lat: 52.5, lon: 13.4, speed: 30, event_time: '2021-10-23T12:30:36Z' };
const EVENT = Date.UTC(2021, 9, 23, 12, 30, 36) * 1000;
const OWNTRACKS = { _type: 'location', lat: 52.5, lon: 13.4, tst: 1634992236 };
const LIMIT = { 'x-limit-u': 'ada', 'x-limit-d': 'phone' };

describe('gatewayServer', () => {
  let outlet: MemoryOutlet;
  let gateway: GatewayAt | undefined;
  const sockets: Socket[] = [];
  const open = async (options: Partial<GatewayOptions> = {}) => {
    await gateway?.close(0);
    outlet = new MemoryOutlet();
    gateway = await gatewayAt(outlet, options);
  };
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${gateway!.url}${path}`, init);
    const text = await answer.text();
    const { status, headers } = answer;
    return { status, headers, text, json: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  const post = (body: unknown, headers: Record<string, string> = {}, path = '/') =>
    ask(path, { method: 'POST', body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body), headers });
  /** All that is answered to what is sent as it is, until the connection is closed. */
  const sent = async (text: string) => {
    const socket = connect(gateway!.port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.write(text);
    await new Promise((resolve) => socket.once('close', resolve));
    return answer;
  };

  beforeEach(() => open());
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await gateway!.close(0);
    expect(gateway!.faults).to.deep.equal([]);
  });

  it('should have every fix in the stream, stamped in the order in which they came, before it answers', async () => {
    const before = Date.now() * 1000;
    const { status, json } = await post([OWN, { ...OWN, device_id: 'b' }]);
    expect([status, json]).to.deep.equal([200, { fixes: 2 }]);
    const [first, second] = outlet.fixes;
    expect(first).to.deep.include({ device: 'a', event: EVENT, latitude: '52.5', longitude: '13.4', speed: '30', extra: {} });
    expect(first!.arrival).to.be.within(before, Date.now() * 1000 + 1000);
    expect(second!.arrival).to.be.above(first!.arrival);
    expect([first!.seq, second!.seq]).to.deep.equal([0x1234_5678 * 256 + 1, 0x1234_5678 * 256 + 2]);
  });

  it('should not answer before the stream has it', async () => {
    outlet.hold();
    let answered = false;
    const answer = post(OWN).then((answer) => {
      answered = true;
      return answer;
    });
    await eventually(() => gateway!.counts.waiting === 1);
    expect(answered).to.equal(false);
    outlet.release();
    expect((await answer).status).to.equal(200);
  });

  it('should take every form at every address that programs have in their settings', async () => {
    for (const path of ['/', '/fixes', '/owntracks', '/pub', '/traccar', '/osmand', '/osmand/']) expect((await post(OWN, {}, path)).status, path).to.equal(200);
    expect((await ask('/?id=a&lat=1&lon=2&timestamp=1634992236')).json).to.deep.equal({ fixes: 1 });
    expect((await post('', {}, '/?id=a&lat=1&lon=2&timestamp=1634992236')).json).to.deep.equal({ fixes: 1 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('id=a&lat=1&lon=2&timestamp=1634992236', form)).json).to.deep.equal({ fixes: 1 });
    expect((await post(OWN, form)).json, 'as curl -d sends it').to.deep.equal({ fixes: 1 });
    expect((await post(`${JSON.stringify(OWN)}\n${JSON.stringify(OWN)}`, { 'content-type': 'application/x-ndjson' })).json).to.deep.equal({ fixes: 2 });
    expect(outlet.fixes).to.have.lengthOf(13);
  });

  it('should answer OwnTracks with no commands, also to an empty body and to what is no location', async () => {
    for (const body of [OWNTRACKS, '', { _type: 'lwt' }]) {
      const { status, text } = await post(body, LIMIT);
      expect([status, text]).to.deep.equal([200, '[]']);
    }
    expect((await post('', {}, '/owntracks')).text).to.equal('[]');
    expect((await post(OWNTRACKS, {}, '/?u=bob&d=watch')).text).to.equal('[]');
    expect((await post(OWNTRACKS, { 'x-limit-u': 'z%C3%B6e', 'x-limit-d': 'a%2Fb' })).text).to.equal('[]');
    expect(outlet.fixes.map(({ device }) => device)).to.deep.equal(['ada/phone', 'bob/watch', 'zöe/a/b']);
    expect((await ask('/metrics')).text).to.include('lastfix_gateway_dropped_total{type="lwt"} 1\n');
  });

  it('should answer what is no fix with its line and the reason, and keep it', async () => {
    const all = await post('{"device_id":""}\nx');
    expect(all.status).to.equal(400);
    expect(all.json).to.deep.equal({
      fixes: 0,
      rejected: 2,
      errors: [
        { line: 1, reason: 'device_id is missing or empty' },
        { line: 2, reason: `it is not JSON: Unexpected token 'x', "x" is not valid JSON` },
      ],
    });
    const some = await post(`${JSON.stringify(OWN)}\nx\n`);
    expect(some.status).to.equal(200);
    expect(some.json).to.deep.include({ fixes: 1, rejected: 1 });
    expect(outlet.records.map(({ record }) => record)).to.deep.equal(['{"device_id":""}', 'x', 'x']);
    expect((await ask('/metrics')).text).to.include('lastfix_gateway_rejected_total{fault="syntax"} 2\n');
  });

  it('should reject what says that it is more than a day after its arrival', async () => {
    const ahead = new Date(Date.now() + 25 * 3_600_000).toISOString();
    const { status, json } = await post({ ...OWN, event_time: ahead });
    expect(status).to.equal(400);
    expect(JSON.stringify(json), JSON.stringify(json)).to.match(/its event time \d{4}-[^ ]+ is more than 24h after its arrival, \d{4}-/);
  });

  it('should trust the times and places of those who send if it is told to, and promise nothing then', async () => {
    await open({ reading: { speedUnit: 'km/h', owntracksId: '{device}', trustTime: true } });
    await post({ ...OWN, time: '2021-10-23T12:30:39.656352Z', seq: 84 });
    expect(outlet.fixes[0]).to.deep.include({ arrival: EVENT + 3_656_352, seq: 84 });
    expect((await post({ ...OWN, time: '2199-10-23T12:30:39Z' })).status).to.equal(400);
    expect(outlet.ticks).to.deep.equal([]);
    expect((await ask('/health')).status).to.equal(200);
  });

  it('should tick a second behind, so that nothing comes later that arrived before, and at its end with all', async () => {
    await post(OWN);
    const { arrival } = outlet.fixes[0]!;
    await eventually(() => outlet.ticks.some((tick) => tick > arrival));
    await post(OWN);
    const later = outlet.fixes[1]!.arrival;
    for (const [i, tick] of outlet.ticks.entries()) {
      expect(tick).to.be.below(later - 1e6 + 1);
      if (i > 0) expect(tick - outlet.ticks[i - 1]!).to.be.within(9e5, 5e6);
    }
    await gateway!.close(5000);
    expect(outlet.ended).to.be.above(later);
  });

  const refused: readonly (readonly [what: string, path: string, init: RequestInit, status: number, message: RegExp])[] = [
    ['another address', '/api', { method: 'POST', body: '{}' }, 404, /there is no POST "\/api": POST fixes to \//],
    ['another method', '/', { method: 'PUT', body: '{}' }, 405, /PUT is not for \/, which takes GET, POST/],
    ['a post of figures', '/metrics', { method: 'POST', body: '{}' }, 405, /POST is not for \/metrics, which takes GET/],
    ['an empty body', '/', { method: 'POST' }, 400, /the body is empty: send a fix as JSON/],
    ['no query', '/', {}, 400, /a fix is missing: POST it, or GET \/\?id=/],
    ['another type', '/', { method: 'POST', body: 'x', headers: { 'content-type': 'text/xml' } }, 415, /a body of the type "text\/xml" is not supported: send/],
    ['a packed body', '/', { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } }, 415, /a body in "gzip" is not supported/],
    ['a body that is too long', '/', { method: 'POST', body: 'x'.repeat(1_048_577) }, 413, /more than 1048576 bytes: send it in parts/],
    ['a million tiny lines', '/', { method: 'POST', body: '\n'.repeat(1_000_000) }, 413, /more than 10000 lines: send it in parts/],
    ['a million tiny values', '/', { method: 'POST', body: `[${'1,'.repeat(500_000)}1]` }, 400, /the list has more than 10000 objects/],
    ['a page of a browser', '/', { method: 'POST', body: '{}', headers: { origin: 'https://example.org' } }, 403, /not taken from the pages of a browser/],
    ['an image of a page', '/?id=a', { headers: { 'sec-fetch-site': 'cross-site' } }, 403, /not taken from the pages of a browser/],
  ];
  for (const [what, path, init, status, message] of refused) {
    it(`should refuse ${what} with ${status}, and say why`, async () => {
      const answer = await ask(path, init);
      expect([answer.status, answer.json['message'] ?? answer.text]).to.satisfy(([got, said]: [number, string]) => got === status && message.test(said), answer.text);
      expect(outlet.fixes).to.deep.equal([]);
      expect((await post(OWN)).status).to.equal(200); // and goes on
    });
  }

  const broken: readonly (readonly [what: string, text: string, status: number])[] = [
    ['no HTTP', 'GARBAGE\r\n\r\n', 400],
    ['a header without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a body without an end that is too long', `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(17)}`, 413],
    ['a length that lies', 'POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\nx', 413],
  ];
  for (const [what, text, status] of broken) {
    it(`should refuse ${what} with ${status}, and close`, async () => {
      expect(await sent(text)).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect((await post(OWN)).status).to.equal(200);
    });
  }

  it('should end what comes too slowly, be it headers or a body, and take nothing of it', async () => {
    await open({ patience: { request: 400, stream: 20_000 } });
    const slow = [sent('POST / HTTP/1.1\r\nHost:'), sent(`POST / HTTP/1.1\r\nContent-Length: 500\r\n\r\n${JSON.stringify(OWN)}`)];
    for (const answer of await Promise.all(slow)) expect(answer).to.match(/^HTTP\/1\.1 408 /);
    expect(outlet.fixes).to.deep.equal([]);
    expect((await post(OWN)).status).to.equal(200);
  });

  it('should take nothing of a request whose connection is lost', async () => {
    const socket = connect(gateway!.port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nContent-Length: 500\r\n\r\n${JSON.stringify(OWN)}`);
    await once(socket, 'connect');
    socket.destroy();
    await eventually(() => gateway!.counts.requests.size === 1);
    expect([...gateway!.counts.requests.keys()]).to.deep.equal(['fixes 400']);
    expect(outlet.fixes).to.deep.equal([]);
  });

  it('should close connections that are too many, of one address', async () => {
    await open({ connections: { all: 100, perAddress: 2 } });
    const held = Array.from({ length: 2 }, () => connect(gateway!.port, '127.0.0.1').on('error', () => undefined));
    sockets.push(...held);
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    expect(await sent('GET /health HTTP/1.1\r\n\r\n')).to.equal('');
    for (const socket of held) socket.destroy();
    const answers = async () => {
      try {
        return (await post(OWN)).status;
      } catch {
        return 0;
      }
    };
    let status = await answers();
    while (status === 0) status = await answers(); // until both are gone
    expect(status).to.equal(200);
  });

  it('should ask for the token or a password, but for its health', async () => {
    await open({ access: { token: 'secret-1' } });
    const refused = await post(OWN);
    expect([refused.status, refused.json['error']]).to.deep.equal([401, 'no-token']);
    expect(refused.headers.get('www-authenticate')).to.equal('Basic realm="lastfix gateway", charset="UTF-8", Bearer');
    expect((await ask('/metrics')).status).to.equal(401);
    expect((await ask('/health')).status).to.be.oneOf([200, 503]);
    expect((await post(OWN, { authorization: 'Bearer wrong' })).status).to.equal(401);
    expect(outlet.fixes).to.deep.equal([]);
    expect((await post(OWN, { authorization: 'Bearer secret-1' })).status).to.equal(200);
    expect((await ask('/metrics', { headers: { authorization: `Basic ${btoa('me:secret-1')}` } })).status).to.equal(200);
  });

  it('should say when to come again where a device or an address sends too much, and take nothing of it', async () => {
    await open({ rates: { device: 1 } });
    expect((await post(Array.from({ length: 20 }, () => OWN))).status).to.equal(200);
    const { status, headers, json } = await post([OWN, { ...OWN, device_id: 'b' }]);
    expect([status, json['error']]).to.deep.equal([429, 'too-many']);
    expect(Number(headers.get('retry-after'))).to.be.within(9, 11);
    expect(outlet.fixes).to.have.lengthOf(20);
    expect((await post({ ...OWN, device_id: 'b' })).status).to.equal(200);
    expect((await post(Array.from({ length: 20 }, () => OWNTRACKS), LIMIT)).status).to.equal(200);
    expect((await post(OWNTRACKS, LIMIT)).status, 'OwnTracks forgets what is answered with 4xx').to.equal(503);
    await open({ rates: { address: 0.1 } });
    expect((await post(OWN)).status).to.equal(200);
    const limited = await post(OWN);
    expect([limited.status, limited.headers.get('retry-after')]).to.deep.equal([429, '10']);
    expect((await post(OWNTRACKS, LIMIT)).status).to.equal(503);
  });

  it('should say when to come again where the stream is away, and all that waits for it is too much', async () => {
    await open({ mostWaiting: { fixes: 2, bytes: 1e6 } });
    outlet.hold();
    const first = post([OWN, OWN]);
    await eventually(() => gateway!.counts.waiting === 2);
    const { status, headers, json } = await post(OWN);
    expect([status, json['error'], headers.get('retry-after')]).to.deep.equal([503, 'full', '5']);
    outlet.release();
    expect((await first).status).to.equal(200);
    expect((await post(OWN)).status).to.equal(200);
    expect(outlet.fixes).to.have.lengthOf(3);
  });

  it('should hold no more of all bodies that come at the same time than it may', async () => {
    await open({ mostComing: 200_000 });
    const slow = `POST / HTTP/1.1\r\nContent-Length: 200000\r\n\r\n${' '.repeat(150_000)}`;
    expect(await Promise.race([sent(slow), sent(slow)])).to.match(/^HTTP\/1\.1 503 [^]*"error":"full"/);
    for (const socket of sockets) socket.destroy();
    let { status } = await post(`${' '.repeat(150_000)}${JSON.stringify(OWN)}`);
    while (status === 503) ({ status } = await post(`${' '.repeat(150_000)}${JSON.stringify(OWN)}`)); // until its end is noticed
    expect(status).to.equal(200);
  });

  it('should not let a client wait for ever, and yet send what it has', async () => {
    await open({ patience: { request: 20_000, stream: 50 } });
    outlet.hold();
    const { status, headers, json } = await post(OWN);
    expect([status, json['error'], headers.get('retry-after')]).to.deep.equal([503, 'no-stream', '5']);
    outlet.release();
    await eventually(() => outlet.fixes.length === 1);
  });

  it('should be healthy while the stream acknowledges, and not afterwards', async () => {
    let slept = 0;
    const scheduler: SchedulerLike = { now: () => performance.now() + slept, schedule: asyncScheduler.schedule.bind(asyncScheduler) };
    await open({ scheduler });
    await eventually(() => outlet.ticks.length > 0);
    expect((await ask('/health')).json).to.deep.equal({ ready: true, waiting: 0 });
    outlet.hold();
    slept = 6000;
    const { status, headers, json } = await ask('/health');
    expect([status, headers.get('retry-after'), json['ready']]).to.deep.equal([503, '5', false]);
    outlet.release();
    const again = outlet.ticks.length;
    await eventually(() => outlet.ticks.length > again);
    expect((await ask('/health')).status).to.equal(200);
  });

  it('should say that its port is taken', async () => {
    const error = await failureOf(gatewayAt(new MemoryOutlet(), { http: { host: '127.0.0.1', port: gateway!.port } }));
    expect(error).to.include({ code: 'EADDRINUSE', syscall: 'listen' });
  });

  it('should finish what is under way when it is closed, and take no more', async () => {
    outlet.hold();
    const answer = post(OWN);
    await eventually(() => gateway!.counts.waiting === 1);
    const closed = gateway!.close(60_000);
    outlet.release();
    expect((await answer).status).to.equal(200);
    await closed;
    expect(await ask('/health').catch((error: unknown) => error)).to.be.instanceOf(TypeError);
  });

  it('should wait for the stream no longer than it is given, when it is closed', async () => {
    outlet.hold();
    const answer = post(OWN).catch((error: unknown) => error);
    await eventually(() => gateway!.counts.waiting === 1);
    await gateway!.close(50);
    expect(await answer).to.be.instanceOf(TypeError);
    outlet.release();
  });
});
