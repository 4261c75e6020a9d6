import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { BehaviorSubject } from 'rxjs';
import { type Command, formatInstant } from '../../src/index.js';
import type { Live, LiveState } from '../../src/serve/Live.js';
import { serveLog } from '../../src/serve/serveLog.js';
import type { ServeOptions } from '../../src/serve/ServeOptions.js';
import { recorded, slowAnswers, slowTrack } from '../support/bruteForce.js';
import { jsonOf } from '../support/jsonOf.js';
import { oracle } from '../support/oracle.js';
import { playFile } from '../support/playFile.js';

const ODD = ['<script>', '../../x', '%2F', 'a/b', 'é?#&', '7'];
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n';
const START = Date.UTC(2021, 9, 23, 12);
const at = (second: number) => new Date(START + second * 1000).toISOString();

/** Fixes of all devices, every third late, every seventh again. */
const RECORDING = HEADER + Array.from({ length: 210 }, (_, i) => {
  const [device, event] = [ODD[i % ODD.length]!, i % 3 === 0 ? i - 40 : i % 7 === 0 ? i - 1 : i];
  return `${device},${10 + i / 100},${70 + i / 100},${at(event)},${at(i)},${i % 5 === 0 ? '' : i},"n ""${i}"""\n`;
}).join('');

const RECORDED = recorded(RECORDING);

interface Document {
  readonly components: object;
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }> }>
  >;
}

/** Server-sent events as they are read from a socket until there are enough, or it ends. */
function events(port: number, enough: (seen: readonly Event[]) => boolean, lastId?: string): Promise<Event[]> {
  return new Promise((resolve, reject) => {
    const seen: Event[] = [];
    const request = get(
      { port, host: '127.0.0.1', path: '/api/events', agent: false, headers: lastId === undefined ? {} : { 'last-event-id': lastId } },
      (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk;
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
              const lines = text.slice(0, end).split('\n');
              text = text.slice(end + 2);
              const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
              if (value('event') !== undefined)
                seen.push({ event: value('event')!, id: value('id'), data: JSON.parse(value('data')!) as Event['data'] });
              if (enough(seen)) {
                request.destroy();
                resolve(seen);
                return;
              }
            }
          })
          .once('close', () => {
            resolve(seen);
          });
      },
    );
    request.once('error', reject);
  });
}

interface Event {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: { readonly changes?: readonly Record<string, unknown>[]; readonly late?: readonly Record<string, unknown>[] };
}

describe('serveLog', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastfix-serve-'));
  const input = join(folder, 'in.csv');
  const output = join(folder, 'out.csv');
  const page = join(folder, 'page');
  const failures: unknown[] = [];
  const options: ServeOptions = {
    version: '0',
    page,
    token: undefined,
    tiles: undefined,
    onError: (error) => failures.push(error),
    now: () => START,
    usage: () => ({ memory: 1, cpu: 1 }),
  };
  let app: FastifyInstance;
  let port: number;
  let document: Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });

  const serve = async (more: Partial<ServeOptions> = {}) => {
    const other = await serveLog(output, { ...options, ...more });
    await other.listen({ host: '127.0.0.1', port: 0 });
    return { other, otherPort: (other.server.address() as AddressInfo).port };
  };

  /** Asks, and holds the answer to the document. */
  const ask = async (
    route: string,
    url: string,
    how: { method?: 'GET' | 'POST'; payload?: object; headers?: Record<string, string> } = {},
    server = app,
  ) => {
    const { method = 'GET', payload, headers } = how;
    const response = await server.inject({ method, url, headers: { host: 'localhost', ...headers }, ...(payload ? { payload } : {}) });
    const described = document.paths[route]![method.toLowerCase()]!.responses[response.statusCode];
    expect(described, `${method} ${url}: ${response.statusCode} is described`).not.equal(undefined);
    const type = response.headers['content-type']!.toString().split(';')[0]!;
    const media = described!.content![type];
    expect(media, `${route} gives ${type}`).not.equal(undefined);
    if (type.endsWith('json')) expect(ajv.validate({ ...media!.schema, components: document.components }, response.json()), ajv.errorsText()).equal(true);
    return { status: response.statusCode, body: type.endsWith('json') ? response.json<unknown>() : response.body };
  };

  before(async () => {
    writeFileSync(input, RECORDING);
    await playFile(input, output);
    ({ other: app, otherPort: port } = await serve());
    document = (await app.inject({ url: '/api/openapi.json', headers: { host: 'localhost' } })).json<Document>();
  });
  after(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
    expect(failures).deep.equal([]);
  });

  it('should describe every route', () => {
    expect(Object.keys(document.paths).sort()).deep.equal([
      '/api',
      '/api/changes',
      '/api/control',
      '/api/devices',
      '/api/devices/{device}/fix',
      '/api/devices/{device}/track',
      '/api/devices/{device}/trip',
      '/api/events',
      '/api/fleet',
      '/api/histogram',
      '/api/late',
      '/api/latencies',
      '/api/status',
      '/metrics',
    ]);
  });

  it('should tell what is there, as the files say it', async () => {
    const { changes, late } = oracle(RECORDING);
    const reasons = (reason: string) => late.split('\n').filter((line) => line.includes(`,${reason},`)).length;
    const { body } = await ask('/api/status', '/api/status');
    expect(body).deep.include({
      changes: changes.trim().split('\n').length - 1,
      late: reasons('late'),
      duplicate: reasons('duplicate'),
      conflict: reasons('conflict'),
      devices: ODD.length,
      replaying: false,
    });
    expect((await ask('/api/devices', '/api/devices')).body).deep.equal({ devices: [...ODD].sort() });
    expect((await ask('/metrics', '/metrics')).body).includes('\nlastfix_rows_total 210\n');
  });

  it('should answer about any device as of any moment on both clocks, whatever it is called', async () => {
    const { fixes } = oracle(RECORDING);
    for (const by of ['arrival', 'event'] as const) {
      for (const second of [-50, 0, 5, 77, 150, 300]) {
        const moment = BigInt(START + second * 1000) * 1000n;
        for (const device of ODD) {
          const known = fixes.filter((fix) => fix.device === device && fix[by] <= moment);
          const best = known.reduce<(typeof known)[number] | undefined>((a, b) => (a && b.event <= a.event ? a : b), undefined);
          const { status, body } = await ask(
            '/api/devices/{device}/fix',
            `/api/devices/${encodeURIComponent(device)}/fix?at=${at(second)}&by=${by}`,
          );
          expect(status).equal(best ? 200 : 404);
          if (best)
            expect(body).deep.include({
              device_id: device,
              time: best.row[0],
              event_time: best.row[5],
              lat: Number(best.row[2]),
              speed: best.row[4] === '' ? null : Number(best.row[4]),
              note: best.row[6],
              age_seconds: Number(moment - best.event) / 1e6,
            });
        }
        const expected = slowAnswers(RECORDED, { at: Number(moment), by });
        const { body } = await ask('/api/fleet', `/api/fleet?at=${at(second)}&by=${by}`);
        expect((body as { fixes: object[] }).fixes).deep.equal(expected.map(({ fix, extra, age }) => jsonOf(fix, extra, age)));
      }
    }
  });

  it('should page a track without gap or repeat, by both clocks', async () => {
    for (const by of ['arrival', 'event'] as const) {
      const whole = slowTrack(RECORDED, '<script>', { by }).map((fix) => jsonOf(fix, RECORDED.extra));
      for (const limit of [1, 4, 35, 36]) {
        const fixes: unknown[] = [];
        for (let next: string | null = ''; next !== null; ) {
          const { body } = await ask(
            '/api/devices/{device}/track',
            `/api/devices/%3Cscript%3E/track?by=${by}&limit=${limit}${next && `&after=${next}`}`,
          );
          const got = body as { fixes: unknown[]; next: string | null };
          fixes.push(...got.fixes);
          expect(fixes.length).at.most(whole.length);
          ({ next } = got);
        }
        expect(fixes).deep.equal(whole);
      }
      const trip = (await ask('/api/devices/{device}/trip', `/api/devices/%3Cscript%3E/trip?by=${by}`)).body as {
        fixes: number;
        first: object;
      };
      expect(trip).deep.include({ fixes: whole.length, first: whole[0], last: whole.at(-1) });
    }
    const { body } = await ask('/api/devices/{device}/track', '/api/devices/7/track', {
      headers: { accept: 'application/geo+json' },
    });
    expect(body).to.have.nested.property('features[0].geometry.type', 'LineString');
  });

  it('should say which value is wrong, and what would be right', async () => {
    const see = 'see /api/openapi.json';
    const early = '2021-10-23T11:59:59.000000Z';
    const first = '2021-10-23T12:00:05.000000Z';
    const wrong: [route: string, url: string, status: number, message: string][] = [
      ['/api/fleet', '/api/fleet?at=x', 400, 'at "x" is not a valid time: write it like 2021-10-23T12:32:45Z, 2021-10-23 or now'],
      ['/api/fleet', '/api/fleet?by=x', 400, `by "x" is not one of arrival, event: ${see}`],
      ['/api/fleet', '/api/fleet?bie=event', 400, `there is no parameter "bie": ${see}`],
      ['/api/fleet', '/api/fleet?max_age=long', 400, 'max_age "long" is not a valid duration: write it like 90s, 5m or 24h'],
      [
        '/api/devices/{device}/fix',
        '/api/devices/8/fix',
        404,
        'unknown device "8": the log knows "7", "%2F", "a/b", "é?#&", "../../x", "<script>"',
      ],
      [
        '/api/devices/{device}/fix',
        `/api/devices/7/fix?at=${early}`,
        404,
        `nothing known of device "7" at ${early}: its first fix arrived at ${first}`,
      ],
      [
        '/api/devices/{device}/fix',
        '/api/devices/7/fix?max_age=1ms&at=2022-01-01',
        404,
        'too old: the latest fix of device "7" at 2022-01-01T00:00:00.000000Z is of 2021-10-23T12:03:29.000000Z, 6004591 s before that, and max_age is 1ms',
      ],
      ['/api/devices/{device}/track', '/api/devices/7/track?limit=10001', 400, `limit "10001" must be <= 10000: ${see}`],
      ['/api/devices/{device}/track', '/api/devices/7/track?after=..', 400, 'after ".." is not a cursor: give the next of the page before'],
      [
        '/api/devices/{device}/track',
        `/api/devices/7/track?from=${first}&to=${early}`,
        400,
        `from "${first}" is after to "${early}": exchange them`,
      ],
      ['/api/events', '/api/events?after=x', 400, 'after "x" is not the id of an event: give one that was sent, or none'],
    ];
    for (const [route, url, status, message] of wrong) {
      const told = await ask(route, url);
      expect(told.status, url).equal(status);
      expect((told.body as { message: string }).message).equal(message);
    }
  });

  it('should answer in no other name, with no file from outside, and no large body', async () => {
    const status = async (url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET', payload?: string) =>
      (await app.inject({ method, url, headers: { host: 'localhost', ...headers }, ...(payload === undefined ? {} : { payload }) }))
        .statusCode;
    expect(await status('/api/status', { host: 'evil.example' })).equal(421);
    expect(await status('/api/status', { host: '127.0.0.1:99' })).equal(200);
    for (const url of [
      '/page/../in.csv',
      '/page/..%2Fin.csv',
      '/page/%2e%2e%2fin.csv',
      '/page//etc/passwd',
      '/page/__proto__',
      '/../in.csv',
    ])
      expect(await status(url, {}), url).equal(404);
    const json = { 'content-type': 'application/json' };
    expect(await status('/api/control', { ...json, origin: 'http://evil.example' }, 'POST', '{"command":"pause"}')).equal(403);
    expect(await status('/api/control', { ...json, 'sec-fetch-site': 'cross-site' }, 'POST', '{"command":"pause"}')).equal(403);
    expect(await status('/api/control', { 'content-type': 'text/plain' }, 'POST', '{"command":"pause"}')).equal(415);
    expect(await status('/api/control', json, 'POST', `{"command":"${'x'.repeat(2000)}"}`)).equal(413);
    expect(await status('/api/control', json, 'POST', '{"command":"pause"}')).equal(409);
    expect(await status('/api/control', {}, 'GET')).equal(405);
  });

  it('should ask for the token where there is one', async () => {
    const { other } = await serve({ token: 'a-secret-token' });
    const inject = (url: string, headers: Record<string, string> = {}) => other.inject({ url, headers });
    expect((await inject('/api/status')).statusCode).equal(401);
    expect((await inject('/api/status?token=a-secret-token')).statusCode).equal(401);
    expect((await inject('/?token=another')).statusCode).equal(401);
    const redirected = await inject('/?token=a-secret-token');
    expect(redirected.statusCode).equal(302);
    expect(redirected.headers).include({ location: '/', 'set-cookie': 'lastfix_token=a-secret-token; HttpOnly; SameSite=Strict; Path=/' });
    expect((await inject('/api/status', { cookie: 'x=1; lastfix_token=a-secret-token' })).statusCode).equal(200);
    expect((await inject('/api/status', { authorization: 'Bearer a-secret-token' })).statusCode).equal(200);
    expect((await inject('/api/status', { authorization: 'Bearer another' })).statusCode).equal(401);
    await other.close();
  });

  it('should steer a replay, and tell its pace', async () => {
    const seen: Command[] = [];
    const state$ = new BehaviorSubject<LiveState>({
      running: true,
      pace: { paused: false, rate: 1 },
      paceChanges: 1,
      span: undefined,
      endToEnd: undefined,
      written: 0,
      lateness: undefined,
      judged: 0,
    });
    const steer = (command: Command) => {
      seen.push(command);
      const { value } = state$;
      const rate = command.type === 'rate' ? command.rate : value.pace.rate;
      state$.next({ ...value, pace: { paused: command.type === 'pause', rate }, paceChanges: value.paceChanges + 1 });
      return Promise.resolve();
    };
    const live: Live = { state$, steer };
    const { other, otherPort } = await serve({ live });
    const heard = events(otherPort, (all) => all.length === 3);
    const clients = async () => ((await ask('/metrics', '/metrics', {}, other)).body as string).includes('\nlastfix_clients 1\n');
    await until(clients);
    const control = (payload: object) => ask('/api/control', '/api/control', { method: 'POST', payload }, other);
    expect(await control({ command: 'pause' })).deep.equal({ status: 200, body: { paused: true, rate: 1 } });
    expect(await control({ command: 'rate', rate: 'max' })).deep.equal({ status: 200, body: { paused: false, rate: 'max' } });
    expect(await control({ command: 'rate', rate: 2.5 })).deep.equal({ status: 200, body: { paused: false, rate: 2.5 } });
    for (const payload of [
      { command: 'rate' },
      { command: 'pause', rate: 1 },
      { command: 'rate', rate: 0 },
      { command: 'rate', rate: 'fast' },
      { command: 'stop' },
    ])
      expect((await control(payload)).status).equal(400);
    expect(seen).deep.equal([{ type: 'pause' }, { type: 'rate', rate: Infinity }, { type: 'rate', rate: 2.5 }]);
    const paces = [{ paused: true, rate: 1 }, { paused: false, rate: 'max' }, { paused: false, rate: 2.5 }];
    expect(await heard).deep.equal(paces.map((data) => ({ event: 'pace', id: undefined, data })));
    expect((await ask('/api/status', '/api/status', {}, other)).body).deep.include({ steerable: true, replaying: true, ...paces[2] });
    state$.next({ ...state$.value, running: false });
    expect(await control({ command: 'pause' })).deep.include({ status: 409 });
    await other.close();
  });

  it('should go on after any event without gap or repeat', async () => {
    const grown = join(folder, 'grown.csv');
    const parts = RECORDING.split('\n').slice(1, -1);
    const growing = join(folder, 'growing.csv');
    writeFileSync(growing, HEADER);
    await playFile(growing, grown);
    const server = await serveLog(grown, options);
    await server.listen({ host: '127.0.0.1', port: 0 });
    const there = (server.server.address() as AddressInfo).port;
    const rowsOf = (seen: readonly Event[]) => seen.flatMap(({ data }) => [...(data.changes ?? []), ...(data.late ?? [])]);
    const all = events(there, (seen) => rowsOf(seen).length >= parts.length);
    for (const until of [20, 90, 91, 210]) {
      writeFileSync(growing, `${HEADER}${parts.slice(0, until).join('\n')}\n`);
      await playFile(growing, grown, { resume: true });
      await events(there, (seen) => rowsOf(seen).length >= until, (await startOf(there)));
    }
    const live = await all;
    expect(rowsOf(live)).length(parts.length);
    expect(
      rowsOf(live)
        .map(({ time }) => time)
        .sort(),
    ).deep.equal(oracle(RECORDING).fixes.map(({ arrival }) => formatInstant(Number(arrival))));
    for (const [i, { id }] of live.entries()) {
      const rest = rowsOf(live.slice(i + 1));
      const resumed = rest.length === 0 ? [] : await events(there, (seen) => rowsOf(seen).length >= rest.length, id);
      const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
      expect(sorted(rowsOf(resumed))).deep.equal(sorted(rest));
    }
    await server.close();
  });

  it('should say that another log has taken its place, and go on with that', async () => {
    const ids = await events(port, (seen) => seen.length >= 2, '0-0-0.0');
    expect(ids.map(({ event }) => event)).deep.equal(['reset', 'flush']);
    const listening = events(port, (seen) => seen.some(({ event }) => event === 'flush'));
    await playFile(input, output);
    const seen = await listening;
    expect(seen[0]!.event).equal('reset');
    const resumed = await events(port, (all) => all.some(({ event }) => event === 'flush'), ids.at(-1)!.id);
    expect(resumed[0]!.event).equal('reset');
  });

  it('should forget a client that has asked for events again and again on one connection', async () => {
    const { other, otherPort } = await serve();
    const socket = connect(otherPort, '127.0.0.1');
    socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    const clients = async () => /^lastfix_clients (\d+)$/m.exec((await ask('/metrics', '/metrics', {}, other)).body as string)![1];
    await until(async () => (await clients()) === '0');
    await other.close();
  });

  it('should serve so many clients and no more', async () => {
    const { other, otherPort } = await serve({ maxClients: 2 });
    const statusOf = () => new Promise<number>((resolve, reject) => {
      get({ port: otherPort, host: '127.0.0.1', path: '/api/events', agent: false }, (response) => {
        resolve(response.statusCode!);
        response.on('error', () => undefined);
      }).once('error', reject);
    });
    expect([await statusOf(), await statusOf(), await statusOf()]).deep.equal([200, 200, 503]);
    await other.close();
  });

  it('should answer at once while more connections than it takes say nothing, and tell those that they take too long', async () => {
    const { other, otherPort } = await serve({ maxClients: 4, patience: 3000 });
    let told = '';
    const silent = Array.from({ length: 300 }, () =>
      connect(otherPort, '127.0.0.1')
        .on('error', () => undefined)
        .on('data', (text) => (told = text.toString())),
    );
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    const status = await new Promise((resolve, reject) =>
      get({ port: otherPort, host: '127.0.0.1', path: '/api/status', agent: false }, ({ statusCode }) => {
        resolve(statusCode);
      }).once('error', reject),
    );
    expect(status).equal(200);
    for (const socket of silent) if (!socket.closed) await once(socket, 'close');
    expect(told).match(/^HTTP\/1.1 408 /);
    await other.close();
  });

  it('should serve a thousand clients the same, and drop the one that reads nothing', async () => {
    const many = join(folder, 'many.csv');
    const growing = join(folder, 'more.csv');
    const row = (i: number) => `${i % 50},1,2,${at(i)},${at(i)},3,${'x'.repeat(400)}\n`;
    writeFileSync(growing, HEADER + row(0));
    await playFile(growing, many);
    const server = await serveLog(many, options);
    await server.listen({ host: '127.0.0.1', port: 0 });
    const there = (server.server.address() as AddressInfo).port;
    const end = (await events(there, (seen) => seen.length >= 2, '0-0-0.0'))[1]!.id!;
    const clients = Array.from({ length: 1000 }, () => events(there, (seen) => seen.length >= 1, end));
    const clientsNow = async () =>
      Number(/^lastfix_clients (\d+)$/m.exec((await server.inject({ url: '/metrics', headers: { host: 'localhost' } })).body)![1]);
    await until(async () => (await clientsNow()) === 1000);
    const append = async (from: number, to: number) => {
      appendFileSync(growing, Array.from({ length: to - from }, (_, i) => row(from + i)).join(''));
      await playFile(growing, many, { resume: true });
    };
    await append(1, 2);
    const seen = await Promise.all(clients);
    expect(new Set(seen.map((all) => JSON.stringify(all))).size).equal(1);
    expect(seen[0]![0]!.data.changes).length(1);

    const slow = connect(there, '127.0.0.1').on('error', () => undefined);
    slow.write(`GET /api/events HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    slow.pause();
    await until(async () => (await clientsNow()) === 1);
    await append(2, 50_000);
    await until(async () => (await clientsNow()) === 0);
    expect((await server.inject({ url: '/metrics', headers: { host: 'localhost' } })).body).includes('\nlastfix_clients_dropped_total 1\n');
    slow.destroy();
    await server.close();
  });

  /** Waits for what other sockets bring about; that it never comes is an error. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 120_000;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`it is not so after two minutes: ${holds.toString()}`);
      await wait(5);
    }
  }

  /** The id of the start of the log, which is that of a reset. */
  async function startOf(there: number): Promise<string> {
    const [reset] = await events(there, (seen) => seen.length >= 1, '0-0-0.0');
    return reset!.id!;
  }
});
