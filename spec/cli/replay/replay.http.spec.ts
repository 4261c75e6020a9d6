import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ReplayReport } from '../../../src/cli/replay/reportOf.js';
import { eventually } from '../../support/eventually.js';
import { lastfix, says } from '../../support/lastfix.js';
import { Receiver } from '../../support/Receiver.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const MINUTE = fixture('minute.csv');

describe('lastfix replay --output http://…', () => {
  const at = temporaryFolder();
  let receiver: Receiver;
  beforeEach(async () => { receiver = await Receiver.start(); });
  afterEach(() => receiver.close());
  const url = (path = '/fixes', who = '') => `http://${who}127.0.0.1:${receiver.port}${path}`;
  const run = (...args: readonly string[]) => lastfix(['replay', MINUTE, '--rate', 'max', '--stats', 'stats.json', ...args], at());
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as ReplayReport;
  /** What standard output would get, device by device. */
  const byDevice = (lines: readonly Readonly<Record<string, unknown>>[]) => {
    const devices: Record<string, unknown[]> = {};
    for (const line of lines) (devices[String(line['device_id'])] ??= []).push(line);
    return devices;
  };
  const wanted = async () => {
    const { stdout } = await lastfix(['replay', MINUTE, '--rate', 'max', '--output', '-'], at());
    return byDevice(stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>));
  };

  it('should send every fix, each device in order, and report', async () => {
    const { status, stdout, stderr } = await run('--output', url());
    expect([status, stdout]).to.deep.equal([0, '']);
    expect(byDevice(receiver.lines)).to.deep.equal(await wanted());
    const { sending, output } = stats();
    expect(output).to.equal(url());
    expect(sending).to.include({ sent: 129, acknowledged: 129, refused: 0, unacknowledged: 0, retried: 0 });
    expect(sending!.acknowledgement_ms).to.have.all.keys('mean', 'p50', 'p95', 'p99', 'max');
    expect(stderr).to.include(`into ${url()}\n`).and.to.match(/^acknowledged +129$/m).and.to.match(/^answer, ms /m);
  });

  it('should send again what is not taken: after errors, late answers, and a server that dies', async () => {
    let failures = 0;
    receiver.respond = (response, _, i) => {
      if (i < 3) response.writeHead(503).end();
      else if (i === 3) response.destroy();
      else if (i === 4) setTimeout(() => response.end(), 300);
      else {
        response.end();
        return;
      }
      failures += i === 4 ? 0 : 1;
    };
    const { status, stderr } = await run('--output', url(), '--connections', '1');
    expect(status, stderr).to.equal(0);
    expect([stats().sending!.retried, stats().sending!.acknowledged]).to.deep.equal([failures, 129]);
    expect(stderr.match(/takes nothing/g)).to.have.length(1);
    expect(stderr).to.match(/^lastfix: http:\/\/127\.0\.0\.1:\d+\/fixes takes nothing: 503 Service Unavailable; trying again until it does$/m);
    expect(stderr).to.match(/^lastfix: http:\/\/127\.0\.0\.1:\d+\/fixes answers again, after \d+\.\d s$/m);
  });

  it('should wait for a server that is not there yet', async () => {
    const { port } = receiver;
    await receiver.close();
    const { status, stderr } = await lastfix(['replay', MINUTE, '--rate', 'max', '--output', `http://127.0.0.1:${port}/`], at(), async (child) => {
      await says(child, /takes nothing: connect ECONNREFUSED/);
      receiver = await Receiver.start(port);
    });
    expect(status, stderr).to.equal(0);
    expect(byDevice(receiver.lines)).to.deep.equal(await wanted());
  });

  it('should count and list what is refused, with the reasons, and go on', async () => {
    receiver.respond = (response, { path }) => {
      const isUnknown = path.includes('id=8250');
      response.writeHead(isUnknown ? 404 : 200).end(isUnknown ? 'no device 8250' : '');
    };
    const { status, stderr } = await run('--output', url('/'), '--send-as', 'osmand', '--speed-unit', 'km/h');
    const { sending } = stats();
    const lost = (await wanted())['8250']!;
    expect(status).to.equal(0);
    expect(sending).to.include({ sent: 129, acknowledged: 129 - lost.length, refused: lost.length, unacknowledged: 0 });
    expect(sending!.refusals).to.deep.equal([
      {
        reason: '404 Not Found: no device 8250',
        count: lost.length,
        fixes: lost.map((line) => {
          const { device_id, time, seq } = line as Record<string, unknown>;
          return { device_id, time, seq };
        }),
      },
    ]);
    expect(stderr).to.match(new RegExp(`^refused: ${lost.length} fixes: 404 Not Found: no device 8250; the first: seq \\d+, of 8250 at 2021-`, 'm'));
  });

  it('should fail when everything is refused', async () => {
    receiver.respond = (response) => response.writeHead(401).end();
    const { status, stderr } = await run('--output', url());
    expect(status).to.equal(1);
    expect(stderr).to.include(`lastfix: ${url()} has refused every fix, 129 in all, most with: 401 Unauthorized\n`);
  });

  it('should never print a secret, though the other side repeats it', async () => {
    receiver.respond = (response, { headers: { authorization = '' } }) => {
      const [, secret = ''] = authorization.split(' ');
      response.writeHead(403).end(`no, ${authorization}: ${Buffer.from(secret, 'base64').toString()}`);
    };
    const env = { ...process.env, LASTFIX_OUTPUT_TOKEN: 's3cret-token' };
    const args = ['replay', MINUTE, '--rate', 'max', '--stats', 'stats.json', '--output'];
    const printed = [];
    for (const ended of [
      await lastfix([...args, url('/', 'admin:hunter2@')], at()),
      await lastfix([...args, url('/')], at(), undefined, { env }),
      await lastfix([...args, 'http://admin:hunter2@'], at()),
      await lastfix([...args, 'ftp://admin:hunter2@host/'], at()),
      await lastfix([...args, 'http://admin:hunter2%@host/'], at()),
      await lastfix([...args, url('/', 'admin:hunter2@'), '--serve'], at()),
    ])
      printed.push(ended.stdout, ended.stderr, JSON.stringify(stats()));
    expect(receiver.received.map(({ headers }) => headers.authorization)).to.include.members([
      `Basic ${Buffer.from('admin:hunter2').toString('base64')}`,
      'Bearer s3cret-token',
    ]);
    for (const text of printed) expect(text).not.to.match(/hunter2|YWRtaW46|s3cret-token/);
  });

  it('should wait a bounded time for answers when it is interrupted, and say how many are missing', async () => {
    receiver.respond = () => undefined;
    const row = (time: string) => `a,1,2,2021-10-23T${time}Z,2021-10-23T${time}Z,3\n`;
    writeFileSync(at('slow.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${row('12:00:00')}${row('13:00:00')}`);
    const { status, stderr } = await lastfix(['replay', 'slow.csv', '--output', url(), '--stats', 'stats.json'], at(), async (child) => {
      await eventually(() => receiver.received.length === 1);
      child.kill('SIGINT');
    });
    expect(status).to.equal(130);
    expect(stderr).to.include('lastfix: interrupted: 1 fix that was due is not acknowledged\n');
    expect(stats().sending).to.include({ sent: 1, acknowledged: 0, unacknowledged: 1 });
  });

  it('should say what a form has no place for, and what it takes the speeds for', async () => {
    const { stderr } = await lastfix(['replay', fixture('odd.csv'), '--rate', 'max', '--output', url(), '--send-as', 'traccar'], at());
    expect(stderr).to.match(/^lastfix: traccar has no place for extra columns, which are not sent: "/m);
    expect(stderr).to.match(/^lastfix: the unit of the speeds is not known, so traccar takes them for m\/s: give --speed-unit$/m);
  });

  const bad: readonly (readonly [args: string, message: string])[] = [
    ['--output http://', '--output http://… is not a valid address: write it like http://host:port/path'],
    [
      '--output nothing://host/',
      '--output nothing://… is not an address that lastfix writes to: give the path of a file, - for standard output, or an address that begins with postgres://, nats://, http://, https://, mqtt://, mqtts://',
    ],
    ['--output http://h/ --resume', '--resume is for a log: nothing says how far another run came; every fix is sent'],
    ['--output http://h/ --format csv', '--format is for standard output: use --send-as for another system'],
    ['--output http://h/ --send-as gpx', '--send-as "gpx" is not one of lastfix, osmand, traccar, owntracks'],
    ['--output http://h/ --connections 0', '--connections "0" is out of range: give one from 1 to 256'],
    ['--output - --connections 3', '--connections is for an address that begins with http:// or https://: leave it out'],
    ['--output - --send-as osmand', '--send-as is for an address: use --format for standard output'],
  ];
  for (const [args, message] of bad) {
    it(`should say what is wrong with: replay ${args}`, async () => {
      const { status, stdout, stderr } = await lastfix(['replay', MINUTE, ...args.split(' ')], at());
      expect([status, stdout, stderr]).to.deep.equal([2, '', `lastfix: ${message}\nSee: lastfix replay --help\n`]);
    });
  }
});
