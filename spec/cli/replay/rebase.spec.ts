import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { formatInstant, logPaths, parseInstant } from '../../../src/index.js';
import { count } from '../../../src/domain/counted.js';
import type { Report } from '../../../src/report/report.js';
import { eventually } from '../../support/eventually.js';
import { lastfix, MAIN } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const MINUTE = fixture('minute.csv');
const FIRST = parseInstant('2021-10-23T12:30:01.782623Z')!;
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const KINDS = ['changes', 'late', 'rejected'] as const;

/** Rows of a log with each of their times shifted. */
const shifted = (text: string, seconds: number) =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g, (time) => formatInstant(parseInstant(time)! + seconds * 1e6));
const expected = (name: string, seconds: number) => {
  const text = (kind: string) => readFileSync(fixture(`${name}.expected/output_stream${kind}.csv`), 'utf8');
  return { changes: shifted(text(''), seconds), late: shifted(text('.late'), seconds), rejected: text('.rejected') };
};

describe('lastfix replay --rebase', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(['replay', '--stats', 'stats.json', ...args], at());
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as Report;
  const written = (output = 'output/output_stream.csv') => {
    const paths = logPaths(at(output));
    return Object.fromEntries(KINDS.map((kind) => [kind, readFileSync(paths[kind], 'utf8')]));
  };

  for (const name of ['minute', 'odd']) {
    it(`should write all of fixtures/${name}.csv with its times shifted by whole seconds, and rejected rows as they are`, async () => {
      expect(await run(fixture(`${name}.csv`), '--rate', 'max', '--rebase', '2030-01-01T00:00:00.9Z')).to.include({ status: 0 });
      const first = parseInstant(readFileSync(fixture(`${name}.expected/output_stream.csv`), 'utf8').split('\n')[1]!.split(',')[0]!)!;
      const seconds = Math.floor(parseInstant('2030-01-01T00:00:00Z')! / 1e6) - Math.floor(first / 1e6);
      expect(written()).to.deep.equal(expected(name, seconds));
      expect(stats().rebased_by_seconds).to.equal(seconds);
      expect(written()['changes']!.split('\n')[1]).to.match(/^2030-01-01T00:00:00\./);
    });
  }

  it('should go back in time, too, and say by how much', async () => {
    const { stderr } = await run(MINUTE, '--rate', 'max', '--rebase', '2021-10-23T11:30:01Z');
    expect(stderr).to.include(
      '\nlastfix: rebased: all times are shifted by -3,600 s, so that the first fix arrives at 2021-10-23T11:30:01.782623Z\n',
    );
    expect(stderr).to.match(/\nrebased by {6}-3,600 s\n/);
    expect(written()).to.deep.equal(expected('minute', -3600));
  });

  it('should have the first fix arrive in the second in which it starts', async () => {
    const before = Date.now();
    await run(MINUTE, '--rate', 'max', '--rebase', 'now');
    const after = Date.now();
    const start = Math.floor(FIRST / 1e6) + stats().rebased_by_seconds!;
    expect(start).to.be.within(Math.floor(before / 1000), Math.floor(after / 1000));
    expect(written()).to.deep.equal(expected('minute', stats().rebased_by_seconds!));
  });

  it('should say that nothing was shifted where it was not asked to', async () => {
    const { stderr } = await run(MINUTE, '--rate', 'max');
    expect(stderr).not.to.include('rebased');
    expect(stats().rebased_by_seconds).to.equal(null);
  });

  it('should take --from and --until as times of the recording', async () => {
    const part = ['--rate', '600', '--from', '2021-10-23T12:30:20Z', '--until', '2021-10-23T12:30:40Z'];
    await run(MINUTE, ...part);
    const [plain, report] = [written(), stats()];
    await run(MINUTE, ...part, '--rebase', '2021-10-24T12:30:01Z');
    expect(written()).to.deep.equal({
      changes: shifted(plain['changes']!, 86_400),
      late: shifted(plain['late']!, 86_400),
      rejected: plain['rejected'],
    });
    expect(stats().stream_seconds).to.equal(report.stream_seconds);
    expect(stats().not_played).to.equal(report.not_played);
    expect(report.not_played).to.be.greaterThan(0);
  });

  it('should keep the same change per device and second when it coalesces', async () => {
    await run(MINUTE, '--rate', 'max', '--coalesce');
    const plain = written();
    await run(MINUTE, '--rate', 'max', '--coalesce', '--rebase', '2021-10-24T12:30:01Z');
    expect(written()['changes']).to.equal(shifted(plain['changes']!, 86_400));
  });

  it('should shift what is streamed by its first fix, though rows that are none stand before it', async () => {
    const text = `${HEADER}nothing\n${['02', '01', '03'].map((second) => `a,1,2,2021-10-23T10:00:${second}Z,2021-10-23T10:00:${second}.5Z,3\n`).join('')}`;
    writeFileSync(at('stream.csv'), text);
    const args = ['--rate', 'max', '--rebase', '2021-10-23T11:00:02.9Z'];
    await run('stream.csv', '--in-order', ...args);
    const streamed = written();
    expect(streamed['changes']).to.match(/\n2021-10-23T11:00:02.500000Z,a,1,2,3,2021-10-23T11:00:02.000000Z\n2021-10-23T11:00:03.500000Z,/);
    expect(streamed['rejected']).to.include('\n2,1 column instead of 6,nothing\n');
    expect(stats()).to.include({ rebased_by_seconds: 3600, rows: 4, changes: 2, late: 1, rejected: 1, out_of_order: 1 });
    const child = spawn(process.execPath, [MAIN, 'replay', '-', '--quiet', '--output', 'piped/log.csv', ...args], {
      cwd: at(),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end(text);
    expect(await ended).to.equal(0);
    expect(written('piped/log.csv')).to.deep.equal(streamed);
  });

  it('should shift nothing of a recording without a fix', async () => {
    writeFileSync(at('none.csv'), `${HEADER}nothing\n`);
    for (const args of [[], ['--in-order']]) {
      expect(await run('none.csv', '--rebase', 'now', ...args)).to.include({ status: 1 });
      expect(stats()).to.include({ rows: 1, rejected: 1, rebased_by_seconds: null });
    }
  });

  it('should go on with the same shift when it is resumed, and end as if it had not been killed', async () => {
    const output = 'half/log.csv';
    const paths = logPaths(at(output));
    const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const slow = ['--from', '2021-10-23T12:30:39.656Z', '--rate', '0.0000001', '--flush', '5ms'];
    await lastfix(['replay', MINUTE, '--output', output, '--rebase', 'now', ...slow], at(), async (child) => {
      await eventually(() => [paths.changes, paths.late].every((path) => size(path) > 1000 && readFileSync(path, 'utf8').endsWith('\n')));
      child.kill('SIGKILL');
    });
    const { made_from } = JSON.parse(readFileSync(paths.run, 'utf8')) as { made_from: { rebased_by_seconds: number } };
    const whole = expected('minute', made_from.rebased_by_seconds);
    expect(whole.changes.startsWith(written(output)['changes']!)).to.equal(true);
    // so that now is another second
    await eventually(() => Math.floor(Date.now() / 1000) > Math.floor(FIRST / 1e6) + made_from.rebased_by_seconds);

    const without = await run(MINUTE, '--resume', '--output', output, '--rate', 'max');
    expect(without.status).to.equal(1);
    expect(without.stderr).to.include(`--rebase was by ${count(made_from.rebased_by_seconds)} seconds and is not given`);
    const { status } = await run(MINUTE, '--resume', '--rebase', 'now', '--output', output, '--rate', 'max');
    expect(status).to.equal(0);
    expect(written(output)).to.deep.equal(whole);
    expect(stats().rebased_by_seconds).to.equal(made_from.rebased_by_seconds);

    const again = await run(MINUTE, '--resume', '--rebase', 'now', '--output', output, '--rate', 'max');
    expect(again.stderr).to.include('nothing was missing, and nothing was written');
    symlinkSync(output, at('current.csv'));
    const linked = await run(MINUTE, '--resume', '--rebase', 'now', '--output', 'current.csv', '--rate', 'max');
    expect(linked.stderr).to.include('nothing was missing, and nothing was written');
    const other = await run(MINUTE, '--resume', '--rebase', '2030-01-01', '--output', output, '--rate', 'max');
    expect(other.status).to.equal(1);
  });

  it('should refuse to shift a run that was begun as it was recorded', async () => {
    await run(MINUTE, '--rate', 'max', '--output', 'plain.csv');
    const { status, stderr } = await run(MINUTE, '--rate', 'max', '--output', 'plain.csv', '--resume', '--rebase', 'now');
    expect(status).to.equal(1);
    expect(stderr).to.match(/: --rebase was not given and is by [\d,]+ seconds: /);
  });

  it('should say what is not a time', async () => {
    const { status, stderr } = await run(MINUTE, '--rebase', 'tomorrow');
    expect(status).to.equal(2);
    expect(stderr).to.equal(
      'lastfix: --rebase "tomorrow" is not a valid time: write it like 2021-10-23T12:32:45Z, 2021-10-23 or now\nSee: lastfix replay --help\n',
    );
  });

  it('should end with one line when a time would leave the years that there are', async () => {
    const { status, stderr } = await run(MINUTE, '--rate', 'max', '--rebase', '2255-06-05T23:47:00Z', '--quiet');
    expect(status).to.equal(1);
    expect(stderr).to.match(
      /^lastfix: cannot shift the arrival time .* of device "\d+" by \d+ s: it would leave the years 1685 to 2255; choose another time with --rebase\n$/,
    );
  });
});
