import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ReplayReport } from '../../../src/cli/replay/reportOf.js';
import { eventually } from '../../support/eventually.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const MINUTE = fixture('minute.csv');
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const lines = (text: string) => text.split('\n').slice(0, -1);

interface Line {
  readonly time: string;
  readonly device_id: string;
  readonly seq: number;
}

describe('lastfix replay --output -', () => {
  const at = temporaryFolder();
  const run = (...args: readonly string[]) => lastfix(['replay', ...args], at());
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as ReplayReport;
  before(async () => {
    writeFileSync(at('many.csv'), HEADER + 'a,1,2,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3\n'.repeat(50_000));
    await run(MINUTE, '--rate', 'max', '--output', 'log.csv');
  });

  it('should print the JSON of a question, without an age, and the place in the stream', async () => {
    const { stdout, status } = await run(MINUTE, '--rate', 'max', '--output', '-', '--send', 'changes');
    const asked = await lastfix(['query', '--all', '--format', 'json', '--output', 'log.csv'], at());
    const sent = lines(stdout).map((line) => JSON.parse(line) as Line);
    const answers = lines(asked.stdout).map((line) => JSON.parse(line) as Line & { readonly age_seconds: number });
    expect(status).to.equal(0);
    expect(answers).to.have.length(4);
    for (const answer of answers) {
      const last = sent.findLast(({ device_id }) => device_id === answer.device_id)!;
      expect({ ...last, age_seconds: answer.age_seconds }).to.deep.equal({ ...answer, seq: last.seq });
    }
  });

  it('should print the changes as the rows of the log', async () => {
    const { stdout } = await run(MINUTE, '--rate', 'max', '--output', '-', '--send', 'changes', '--format', 'csv');
    expect(stdout).to.equal(readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8'));
  });

  it('should print nothing but data, and report what became of them', async () => {
    const { stdout, stderr } = await run(fixture('odd.csv'), '--rate', 'max', '--output', '-', '--stats', 'stats.json');
    const { rows, rejected, changes, late, duplicate, conflict, sending, output, bytes } = stats();
    const places = lines(stdout).map((line) => (JSON.parse(line) as Line).seq);
    expect(places).to.deep.equal(Array.from({ length: rows - rejected }, (_, i) => i + 1));
    const fixes = changes + late + duplicate + conflict;
    expect(sending).to.include({ sent: fixes, acknowledged: rows - rejected, refused: 0, unacknowledged: 0 });
    expect([output, bytes]).to.deep.equal(['standard output', Buffer.byteLength(stdout)]);
    expect(stderr).to.match(/^lastfix: playing .* into standard output$/m);
    expect(stderr).to.match(/^lastfix: rejecting .* that are not sent; the first: /m);
    expect(stderr).to.match(/^sent +\d+$/m);
  });

  it('should print a recording as if it were happening now', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { stdout } = await run(MINUTE, '--rate', 'max', '--rebase', 'now', '--output', '-');
    const [first] = lines(stdout);
    expect(Date.parse((JSON.parse(first!) as Line).time)).to.be.within(before, Date.now() + 1000);
  });

  it('should end quietly when its reader has seen enough', async () => {
    const { status, stderr } = await lastfix(['replay', 'many.csv', '--rate', 'max', '--output', '-', '--quiet'], at(), (child) => {
      child.stdout!.once('data', () => child.stdout!.destroy());
    });
    expect([status, stderr]).to.deep.equal([0, '']);
  });

  it('should print what has arrived when it is interrupted, in whole lines', async () => {
    const row = (time: string) => `a,1,2,2021-10-23T${time}Z,2021-10-23T${time}Z,3\n`;
    writeFileSync(at('slow.csv'), HEADER + row('12:00:00') + row('12:00:00') + row('13:00:00'));
    const { status, stdout, stderr } = await lastfix(['replay', 'slow.csv', '--output', '-'], at(), async (child) => {
      let printed = '';
      child.stdout!.on('data', (text: string) => (printed += text));
      await eventually(() => lines(printed).length === 2);
      child.kill('SIGINT');
    });
    expect([status, lines(stdout).length, stdout.endsWith('\n')]).to.deep.equal([130, 2, true]);
    expect(stderr).to.match(/^lastfix: interrupted: all that was sent is acknowledged$/m);
  });

  it('should not wait for ever, when it is interrupted, for a reader that no longer reads, and say how many fixes are left', async () => {
    const args = ['replay', 'many.csv', '--rate', 'max', '--output', '-', '--stats', 'stats.json'];
    const { status, stderr } = await lastfix(args, at(), async (child) => {
      await once(child.stdout!, 'data'); // more waits than a pipe holds
      child.stdout!.pause();
      child.kill('SIGINT');
      child.once('exit', () => child.stdout!.resume());
    });
    const { unacknowledged } = stats().sending!;
    expect(unacknowledged).to.be.within(1, 50_000);
    expect(status).to.equal(130);
    expect(stderr.replaceAll(',', '')).to.include(`lastfix: interrupted: ${unacknowledged} fixes that were due are not acknowledged\n`);
  });

  const bad: readonly (readonly [args: string, message: string])[] = [
    ['--output - --coalesce', '--coalesce is for a log: every fix is sent, or every change with --send changes'],
    ['--output - --resume', '--resume is for a log: nothing says how far another run came; every fix is sent'],
    ['--output - --sync never', '--sync is for a log: what is sent reaches no disk of this run'],
    ['--output - --no-index', '--no-index is for a log: what is sent has no index'],
    ['--output - --flush 2s', '--flush is for a log: every fix is sent when it is due'],
    ['--output - --serve', '--serve is for a log: a page and an API are of a log'],
    ['--output - --send few', '--send "few" is not one of all, changes'],
    ['--output - --format gpx', '--format "gpx" is not one of json, csv'],
    ['--send all', '--send is for fixes that are sent: give --output - or an address, or leave it out; a log has every change'],
  ];
  for (const [args, message] of bad) {
    it(`should say what is wrong with: replay ${args}`, async () => {
      const { status, stdout, stderr } = await run(MINUTE, ...args.split(' '));
      expect([status, stdout, stderr]).to.deep.equal([2, '', `lastfix: ${message}\nSee: lastfix replay --help\n`]);
    });
  }
});
