import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { expect } from 'chai';
import mqtt, { type MqttClient } from 'mqtt';
import { partitionOf } from '../../src/stream/partitionOf.js';
import { Authority } from '../support/Authority.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/freePort.js';
import { lastfix, type Ended } from '../support/lastfix.js';
import { Mosquitto } from '../support/Mosquitto.js';
import { NatsServer } from '../support/NatsServer.js';
import { streamed, type StreamedLine } from '../support/streamed.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const EVENT = '2021-10-23T12:30:36Z';
const own = (device: string, n: number) => ({ device_id: device, lat: 52.5, lon: 13.4, speed: 30, event_time: EVENT, n });

describe('lastfix gateway', () => {
  const at = temporaryFolder();
  let nats: NatsServer;
  let broker: Mosquitto | undefined;
  let client: MqttClient | undefined;
  let port: number;
  beforeEach(async () => {
    [nats, port] = await Promise.all([NatsServer.start(), freePort()]);
  });
  afterEach(async () => {
    await client?.endAsync(true);
    await broker?.remove();
    await nats.remove();
    broker = client = undefined;
  });
  const url = () => `http://127.0.0.1:${port}/`;

  type Meanwhile = (child: ChildProcess, said: () => string) => Promise<unknown>;
  /** Runs a gateway; does something once it takes fixes, and ends it then, unless it has ended. */
  const taking = (args: readonly string[], meanwhile: Meanwhile, env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    lastfix(
      ['gateway', '--output', nats.url(), ...args],
      at(),
      async (child) => {
        let said = '';
        child.stderr!.on('data', (text: string) => (said += text));
        await eventually(() => said.includes('taking fixes') || child.exitCode !== null, () => said);
        await meanwhile(child, () => said);
        child.kill('SIGTERM');
      },
      { env: { ...process.env, ...env } },
    );
  const post = async (body: unknown, headers: Record<string, string> = {}, path = '') => {
    const answer = await fetch(`${url()}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });
    return { status: answer.status, text: await answer.text() };
  };
  /** A figure of its metrics. */
  const figure = async (name: string) => {
    const text = await (await fetch(`${url()}metrics`)).text();
    return Number(new RegExp(`^lastfix_gateway_${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  };
  const reaches = async (name: string, wanted: number) => {
    for (let is = await figure(name); is < wanted; is = await figure(name)) await new Promise(setImmediate);
  };
  const fixesIn = (lines: readonly StreamedLine[]) => lines.flatMap((line) => (line.kind === 'fix' ? [line.fix] : []));
  const numbersIn = (lines: readonly StreamedLine[]) => new Set(fixesIn(lines).map(({ extra }) => Number(extra['n'])));

  /** Clients that post fixes, each until it is answered with 200, and remember which were; until they are told to stop. */
  const posting = (clients: number) => {
    const acknowledged: number[] = [];
    const over = new AbortController();
    const isOver = () => over.signal.aborted;
    let n = 0;
    const run = async (device: string) => {
      while (!isOver()) {
        const number = n++;
        const sent = async () => {
          try {
            return (await post(own(device, number))).status === 200;
          } catch {
            return false; // it is being killed, or not there yet
          }
        };
        while (!(await sent())) if (isOver()) return;
        acknowledged.push(number);
      }
    };
    const all = Promise.all(Array.from({ length: clients }, (_, i) => run(`vehicle ${i}`)));
    return {
      acknowledged,
      stop: () => {
        over.abort();
        return all;
      },
    };
  };

  it('should have in the stream all that it took of all forms, and what was none, with ticks behind it', async () => {
    const { status, stderr } = await taking(['--http', String(port)], async () => {
      expect(await post([own('a', 1), own('b', 2)])).to.deep.equal({ status: 200, text: '{"fixes":2}' });
      expect((await fetch(`${url()}?id=c&lat=1&lon=2&timestamp=1634992236&speed=19.438`)).status).to.equal(200);
      expect((await post({ _type: 'location', lat: 1, lon: 2, tst: 1634992236, vel: 36 }, { 'x-limit-u': 'ada', 'x-limit-d': 'phone' })).text).to.equal('[]');
      expect((await post('x\n{"device_id":"a"}')).status).to.equal(400);
    });
    expect(status, stderr).to.equal(0);
    const lines = await streamed(nats.port);
    const fixes = fixesIn(lines);
    expect(fixes.map(({ device, speed, event }) => [device, speed, event])).to.have.deep.members([
      ['a', '30', 1634992236e6],
      ['b', '30', 1634992236e6],
      ['c', '36', 1634992236e6],
      ['ada/phone', '36', 1634992236e6],
    ]);
    for (const line of lines) if (line.kind === 'fix') expect(line).to.include({ source: 'gateway gps', subject: `gps.${partitionOf(line.fix.device, 8)}` });
    const rejected = lines.flatMap((line) => (line.kind === 'rejected' ? [Buffer.from(line.record).toString()] : []));
    expect(rejected).to.deep.equal(['x', '{"device_id":"a"}']);
    const last = Math.max(...fixes.map(({ arrival }) => arrival!));
    for (let partition = 0; partition < 8; partition++) {
      const ticks = lines.flatMap((line) => (line.kind === 'tick' && line.subject === `gps.${partition}` ? [line] : []));
      expect(ticks.at(-1)!.ends).to.equal(true);
      expect(ticks.at(-1)!.arrival).to.be.above(last);
    }
  });

  it('should lose nothing that it acknowledged when it is killed with what it has not sent, and stamp what comes later', async () => {
    const clients = posting(8);
    for (const isLast of [false, true]) {
      const before = clients.acknowledged.length;
      await taking(['--http', String(port)], async (child) => {
        await eventually(() => clients.acknowledged.length > before + 100);
        if (isLast) {
          await clients.stop();
          return;
        }
        await nats.kill();
        await reaches('waiting_fixes', 8);
        child.kill('SIGKILL');
        await nats.start();
      });
    }
    const lines = await streamed(nats.port);
    expect([...numbersIn(lines)]).to.include.members(clients.acknowledged);
    for (let i = 0; i < 8; i++) {
      const arrivals = fixesIn(lines).filter(({ device }) => device === `vehicle ${i}`).map(({ arrival }) => arrival!);
      expect(arrivals).to.deep.equal(arrivals.toSorted((a, b) => a - b));
    }
  });

  it('should wait for a stream that is killed, be unhealthy meanwhile, and lose nothing', async () => {
    const clients = posting(8);
    const health = async () => (await fetch(`${url()}health`)).status;
    const becomes = async (wanted: number) => {
      for (let status = await health(); status !== wanted; status = await health()) expect(status).to.be.oneOf([200, 503]);
    };
    const { status, stderr } = await taking(['--http', String(port)], async () => {
      await eventually(() => clients.acknowledged.length > 100);
      await nats.kill();
      await becomes(503);
      const before = clients.acknowledged.length;
      await nats.start();
      await becomes(200);
      await eventually(() => clients.acknowledged.length > before + 50);
      await clients.stop();
    });
    expect(status, stderr).to.equal(0);
    expect(stderr).to.match(/takes nothing: .*trying again until it does\n.*answers again, after/);
    expect([...numbersIn(await streamed(nats.port))]).to.include.members(clients.acknowledged);
  });

  it('should let in those who have the token or a password', async () => {
    writeFileSync(at('users.txt'), 'ada:secret-2\n');
    const { stderr } = await taking(
      ['--http', `0.0.0.0:${port}`, '--users', 'users.txt'],
      async () => {
        expect((await post(own('a', 1))).status).to.equal(401);
        expect((await post(own('a', 1), { authorization: 'Bearer secret-12' })).status).to.equal(401);
        expect((await post(own('a', 1), { authorization: 'Bearer secret-1' })).status).to.equal(200);
        expect((await post(own('a', 2), { authorization: `Basic ${btoa('ada:secret-2')}` })).status).to.equal(200);
      },
      { LASTFIX_GATEWAY_TOKEN: 'secret-1' },
    );
    expect(stderr).not.to.include('secret');
    expect([...numbersIn(await streamed(nats.port))]).to.deep.equal([1, 2]);
  });

  it('should go on taking fixes while connections are held half open, and others send what is endless', async () => {
    await taking(['--http', `0.0.0.0:${port}`, '--open', '--max-connections', '40'], async () => {
      const held = Array.from({ length: 60 }, () => connectTo(port, '127.0.0.1').on('error', () => undefined));
      for (const socket of held.slice(0, 30)) socket.write('POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{');
      const long = { ...own('a', 1), driver: 'x'.repeat(100_000) };
      const other = connectTo({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }).on('error', () => undefined); // another address than theirs
      await once(other, 'connect');
      const body = JSON.stringify(long);
      let answer = '';
      other.setEncoding('utf8').on('data', (text: string) => (answer += text));
      other.write(`POST / HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      await eventually(() => answer.includes('{"fixes":1}'), () => answer);
      other.destroy();
      for (const socket of held) socket.destroy();
    });
    const [fix] = fixesIn(await streamed(nats.port));
    expect(fix!.extra['driver']).to.have.lengthOf(100_000);
  });

  it('should start as the papers say', async () => {
    broker = await Mosquitto.start();
    writeFileSync(at('users.txt'), 'ada:secret-2\n');
    const paper = readFileSync(new URL('../../../docs/gateway.md', import.meta.url), 'utf8');
    const commands = [...paper.matchAll(/^npx lastfix gateway --output \S+ (.*)$/gm)].map(([, args]) => args!);
    expect(commands).to.have.length.greaterThan(3);
    for (const command of commands) {
      const args = command.replace(/127\.0\.0\.1:1883/, `127.0.0.1:${broker.port}`).replace('8018', String(port)).split(' ');
      const { status, stderr } = await taking(args, () => Promise.resolve());
      expect([status, stderr.includes('taking fixes ')], stderr).to.deep.equal([0, true]);
    }
  });

  describe('of MQTT', () => {
    /** Publishes messages as devices do, each until the broker has it. */
    const publish = async (topic: string, body: object) => {
      client ??= await mqtt.connectAsync(`mqtt://127.0.0.1:${broker!.port}`, { reconnectPeriod: 50 });
      await client.publishAsync(topic, JSON.stringify(body), { qos: 1 });
    };
    const location = (n: number) => ({ _type: 'location', lat: 1, lon: 2, tst: 1634992236 + n, n });
    const from = (topics: string) => ['--http', String(port), '--mqtt', `mqtt://127.0.0.1:${broker!.port}/${topics}`];

    it('should take locations of OwnTracks, and count what is none', async () => {
      broker = await Mosquitto.start();
      await taking(from('owntracks/+/+'), async () => {
        await reaches('mqtt_connections', 1);
        await publish('owntracks/ada/phone', location(1));
        await publish('owntracks/ada/phone', { _type: 'lwt', tst: 1 });
        await publish('owntracks/bob/phone', location(2));
        await publish('owntracks/bob/phone', { lat: 1 });
        await reaches('mqtt_messages_total', 4);
        await reaches('waiting_fixes', 0);
        expect(await (await fetch(`${url()}metrics`)).text()).to.include('lastfix_gateway_dropped_total{type="lwt"} 1\n');
      });
      const lines = await streamed(nats.port);
      expect(fixesIn(lines).map(({ device, extra }) => [device, extra['n']])).to.have.deep.members([['ada/phone', '1'], ['bob/phone', '2']]);
      expect(lines.filter(({ kind }) => kind === 'rejected')).to.have.lengthOf(1);
    });

    it('should lose nothing of all that the broker has when it is killed with what it has not sent', async () => {
      broker = await Mosquitto.start();
      const COUNT = 800;
      const args = from('fleet/{device}');
      let published: Promise<unknown> | undefined;
      const send = async () => {
        for (let n = 0; n < COUNT; n++) {
          const { device_id: device, ...body } = own(`vehicle ${n % 7}`, n);
          await publish(`fleet/${device}`, body);
        }
      };
      await taking(args, async (child) => {
        await reaches('mqtt_connections', 1);
        published = send();
        await reaches('mqtt_messages_total', 200);
        await nats.kill();
        await reaches('waiting_fixes', 10);
        child.kill('SIGKILL');
        await nats.start();
      });
      await published;
      await taking(args, async () => {
        await reaches('mqtt_connections', 1);
        let found = numbersIn(await streamed(nats.port)).size;
        while (found < COUNT) found = numbersIn(await streamed(nats.port)).size;
      });
      const fixes = fixesIn(await streamed(nats.port));
      expect(new Set(fixes.map(({ extra }) => extra['n']))).to.have.lengthOf(COUNT);
      for (let i = 0; i < 7; i++) {
        const numbers = [...new Set(fixes.filter(({ device }) => device === `vehicle ${i}`).map(({ extra }) => Number(extra['n'])))];
        expect(numbers).to.deep.equal(numbers.toSorted((a, b) => a - b));
        expect(numbers.every((n) => n % 7 === i)).to.equal(true);
      }
    });

    it('should wait for a broker that is away, say so once, and take fixes over HTTP meanwhile', async () => {
      broker = await Mosquitto.start({ me: 'hunter2' });
      const env = { LASTFIX_MQTT_USER: 'me', LASTFIX_MQTT_PASSWORD: 'hunter2' };
      const { stderr } = await taking(
        from('fleet/{device}'),
        async (_, said) => {
          await reaches('mqtt_connections', 1);
          await broker!.stop();
          await eventually(() => said().includes('no connection to'), said);
          expect((await post(own('a', 1))).status).to.equal(200);
          await broker!.resume();
          await eventually(() => said().includes('is connected again'), said);
          client = await mqtt.connectAsync(`mqtt://me:hunter2@127.0.0.1:${broker!.port}`);
          await publish('fleet/b', own('b', 2));
          await reaches('mqtt_messages_total', 1);
        },
        env,
      );
      expect(stderr.match(/no connection to/g)).to.have.lengthOf(1);
      expect(stderr).not.to.include('hunter2');
      expect([...numbersIn(await streamed(nats.port))]).to.have.members([1, 2]);
    });

    it('should reach a broker by TLS whose authority it is told of, and no other', async () => {
      const [ours] = ['ours', 'theirs'].map((name) => new Authority(at(), name)) as [Authority, Authority];
      ours.sign('broker', 'subjectAltName=DNS:localhost');
      broker = await Mosquitto.start({}, { cert: at('broker.pem'), key: at('broker.key') });
      const address = `mqtts://localhost:${broker.port}`;
      const args = ['--http', String(port), '--mqtt', `${address}/fleet/{device}`];
      const known = { NODE_EXTRA_CA_CERTS: at('ours.pem') };
      await taking(
        args,
        async () => {
          await reaches('mqtt_connections', 1);
          client = await mqtt.connectAsync(address, { ca: readFileSync(at('ours.pem')) });
          await publish('fleet/b', own('b', 2));
          await reaches('mqtt_messages_total', 1);
        },
        known,
      );
      expect([...numbersIn(await streamed(nats.port))]).to.deep.equal([2]);
      for (const more of [{}, { NODE_EXTRA_CA_CERTS: at('theirs.pem') }])
        await taking(args, (_, said) => eventually(() => /no connection to mqtts:\S+: .*certificate/.test(said()), said), more);
    });

    it('should say that a broker does not let it in, and go on', async () => {
      broker = await Mosquitto.start({ me: 'hunter2' });
      const { stderr } = await taking(from('fleet/{device}'), async (_, said) => {
        await eventually(() => said().includes('no connection to'), said);
        expect((await post(own('a', 1))).status).to.equal(200);
      });
      expect(stderr).to.match(/no connection to mqtt:\/\/127\.0\.0\.1:\d+\/fleet\/\{device\}: Connection refused: Not authorized; trying again/);
    });
  });
});
