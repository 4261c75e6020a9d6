import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ReplayReport } from '../../../src/cli/replay/reportOf.js';
import { Broker } from '../../support/Broker.js';
import { eventually } from '../../support/eventually.js';
import { lastfix, says } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const MINUTE = fileURLToPath(new URL('../../../../fixtures/minute.csv', import.meta.url));
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';

describe('lastfix replay --output mqtt://…', () => {
  const at = temporaryFolder();
  let broker: Broker;
  /** What a topic of each device is to get: the lines of standard output. */
  const wanted: Record<string, string[]> = {};
  before(async () => {
    const { stdout } = await lastfix(['replay', MINUTE, '--rate', 'max', '--output', '-'], at());
    for (const line of stdout.split('\n').slice(0, -1)) {
      const { device_id } = JSON.parse(line) as { readonly device_id: string };
      (wanted[`fleet/${device_id}/fix`] ??= []).push(line);
    }
    const rows = Array.from({ length: 5000 }, (_, i) => {
      const event = `2021-10-23T12:30:00.${String(i).padStart(6, '0')}Z`;
      return `${'abcdefgh'[i % 8]!},1,2,${event},2021-10-23T12:30:01Z,3\n`;
    });
    writeFileSync(at('many.csv'), HEADER + rows.join(''));
  });
  beforeEach(async () => { broker = await Broker.start(); });
  afterEach(() => broker.close());
  const url = (topic = 'fleet/{device}/fix', who = '') => `mqtt://${who}127.0.0.1:${broker.port}/${topic}`;
  const args = (input: string, ...more: readonly string[]) => ['replay', input, '--rate', 'max', '--stats', 'stats.json', ...more];
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as ReplayReport;
  /** The places of what was published of each device, in the order of their coming, each once. */
  const places = () => {
    const seqs: Record<string, number[]> = {};
    for (const texts of Object.values(broker.byTopic))
      for (const text of texts) {
        const { device_id, seq } = JSON.parse(text) as { readonly device_id: string; readonly seq: number };
        (seqs[device_id] ??= []).push(seq);
      }
    return seqs;
  };

  it('should publish every fix to the topic of its device, in order, with QoS 1, and report', async () => {
    const { status, stdout, stderr } = await lastfix(args(MINUTE, '--output', url()), at());
    expect([status, stdout]).to.deep.equal([0, '']);
    expect(broker.byTopic).to.deep.equal(wanted);
    expect(new Set(broker.published.map(({ qos }) => qos))).to.deep.equal(new Set([1]));
    expect(stats().output).to.equal(url());
    expect(stats().sending).to.include({ sent: 129, acknowledged: 129, unacknowledged: 0, refused: 0 });
    expect(stderr).to.match(/^answer, ms /m);
  });

  it('should publish the changes as OwnTracks', async () => {
    const { status } = await lastfix(args(MINUTE, '--send', 'changes', '--send-as', 'owntracks', '--output', url('owntracks/me/{device}')), at());
    expect(status).to.equal(0);
    expect(broker.published).to.have.length(44);
    for (const { topic, text } of broker.published) {
      expect(topic).to.match(/^owntracks\/me\/\d+$/);
      expect(JSON.parse(text)).to.include({ _type: 'location' }).and.not.to.have.property('topic');
    }
  });

  it('should encode in a topic what has a meaning there', async () => {
    const ids = ['a/b', '+', '#', '100%', '$SYS'];
    const rows = ids.map((id) => `${id},1,2,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3\n`);
    writeFileSync(at('odd.csv'), HEADER + rows.join(''));
    const { status, stderr } = await lastfix(args('odd.csv', '--output', url('{device}/fix')), at());
    expect(status, stderr).to.equal(0);
    expect(broker.published.map(({ topic }) => topic)).to.have.members(['a%2Fb/fix', '%2B/fix', '%23/fix', '100%25/fix', '%24SYS/fix']);
  });

  it('should wait for a broker that is not there yet, and say so in one line', async () => {
    const { port } = broker;
    await broker.close();
    const { status, stderr } = await lastfix(args(MINUTE, '--output', `mqtt://127.0.0.1:${port}/fleet/{device}/fix`), at(), async (child) => {
      await says(child, /takes nothing: connect ECONNREFUSED .*; trying again until it does/);
      broker = await Broker.start({ port });
    });
    expect(status, stderr).to.equal(0);
    expect(stderr.match(/takes nothing/g)).to.have.length(1);
    expect(broker.byTopic).to.deep.equal(wanted);
  });

  it('should lose nothing, and keep the order, when the broker dies and comes back', async () => {
    const { port } = broker;
    let before: Broker | undefined;
    const { status, stderr } = await lastfix(args('many.csv', '--output', url('all/{device}')), at(), async () => {
      await eventually(() => broker.published.length > 500);
      before = broker;
      await broker.close();
      broker = await Broker.start({ port });
    });
    expect(status, stderr).to.equal(0);
    expect(stderr).to.include('takes nothing: ').and.to.include('answers again, after ');
    broker.published.unshift(...before!.published);
    const all = Object.entries(places());
    expect(all).to.have.length(8);
    for (const [device, seqs] of all) {
      const first = 'abcdefgh'.indexOf(device) + 1;
      expect(seqs).to.deep.equal(Array.from({ length: 625 }, (_, i) => first + 8 * i));
    }
    expect(stats().sending).to.include({ acknowledged: 5000, unacknowledged: 0 });
  });

  it('should fail when the broker lets nobody in, and not print the password', async () => {
    await broker.close();
    broker = await Broker.start({ authenticate: (_, user, password, done) => { done(null, user === 'me' && String(password) === 'hunter2'); } });
    const refused = await lastfix(args(MINUTE, '--output', url(undefined, 'me:s3cret@')), at());
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.match(/^lastfix: mqtt:\/\/127\.0\.0\.1:\d+\/fleet\/\{device\}\/fix refuses the connection: Connection refused: Not authorized; check/m);
    expect(refused.stderr).not.to.include('s3cret');
    const env = { ...process.env, LASTFIX_OUTPUT_USER: 'me', LASTFIX_OUTPUT_PASSWORD: 'hunter2' };
    expect((await lastfix(args(MINUTE, '--output', url()), at(), undefined, { env })).status).to.equal(0);
    expect(broker.byTopic).to.deep.equal(wanted);
  });

  it('should not wait for ever for acknowledgements when it is interrupted', async () => {
    const { port } = broker;
    await broker.close();
    const { status, stderr } = await lastfix(args(MINUTE, '--output', `mqtt://127.0.0.1:${port}/x`), at(), async (child) => {
      await says(child, /takes nothing/);
      child.kill('SIGINT');
    });
    broker = await Broker.start();
    expect(status).to.equal(130);
    expect(stderr).to.include('lastfix: interrupted: 129 fixes that were due are not acknowledged\n');
  });

  const bad: readonly (readonly [args: string, message: string])[] = [
    ['--output mqtt://h', '--output mqtt://… names no topic: write it like mqtt://host/fleet/{device}'],
    ['--output mqtts://h/', '--output mqtts://… names no topic: write it like mqtts://host/fleet/{device}'],
    ['--output mqtt://h/a/#', '--output mqtt://… has a topic with ?, #, + or NUL, which nothing can be published to: write it like mqtt://host/fleet/{device}'],
    ['--output mqtt://h/a/+/b', '--output mqtt://… has a topic with ?, #, + or NUL, which nothing can be published to: write it like mqtt://host/fleet/{device}'],
    ['--output mqtt://h/a%', '--output: the topic has a % that encodes nothing: write it as %25'],
    [
      '--output mqtt://h/a --send-as owntracks',
      '--send-as owntracks needs {device} in the topic, since its messages do not name the device: --output mqtt://host/owntracks/fleet/{device}',
    ],
    ['--output mqtt://h/a --send-as osmand', '--send-as "osmand" is not one of lastfix, owntracks'],
    ['--output mqtt://h/a --connections 2', '--connections is for an address that begins with http:// or https://: leave it out'],
  ];
  for (const [args, message] of bad) {
    it(`should say what is wrong with: replay ${args}`, async () => {
      const { status, stdout, stderr } = await lastfix(['replay', MINUTE, ...args.split(' ')], at());
      expect([status, stdout, stderr]).to.deep.equal([2, '', `lastfix: ${message}\nSee: lastfix replay --help\n`]);
    });
  }
});
