import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { CheckReport } from '../../../src/check/checkReport.js';
import type { Report } from '../../../src/report/report.js';
import { widthOf } from '../../../src/cli/text/widthOf.js';
import { lastfix, MAIN, says } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const row = (device: string, event: string, arrival: string) => `${device},1,2,2021-10-23T${event}Z,2021-10-23T${arrival}Z,3\n`;

describe('lastfix check', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(['check', ...args], at());
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--format', 'json')).stdout) as CheckReport;
  /** Standard input is what it is given. */
  const piped = async (text: string, ...args: string[]) => {
    const child = spawn(process.execPath, [MAIN, 'check', '-', ...args], { cwd: at(), stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stdin.end(text);
    const [status] = await once(child, 'close') as [number];
    return { status, stdout };
  };

  before(async () => {
    await lastfix(['generate', '--devices', '7', '--duration', '10m', '--seed', '3', '--output', 'made.csv'], at());
  });

  for (const [name, input] of [
    ['the minute', fixture('minute.csv')],
    ['the odd rows', fixture('odd.csv')],
    ['a made-up recording', 'made.csv'],
  ] as const) {
    it(`should count what a run of it reports: ${name}`, async () => {
      await lastfix(['replay', input, '--rate', 'max', '--stats', 'stats.json', '--quiet'], at());
      const { rows, changes, late, duplicate, conflict, rejected, devices, stream_seconds } = JSON.parse(
        readFileSync(at('stats.json'), 'utf8'),
      ) as Report;
      const found = await json(input);
      expect(found).to.deep.include({ rows, changes, late, duplicate, conflict, rejected, devices });
      expect(Number(found.stream_seconds.toPrecision(6))).to.equal(stream_seconds);
      expect(rows).to.be.greaterThan(30);
    });
  }

  it('should account for every fix in each of its parts', async () => {
    const { rows, arrivals, delays, per_device } = await json('made.csv');
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(arrivals!.fixes)).to.equal(rows);
    expect(sum(delays.map(({ fixes }) => fixes))).to.equal(rows);
    expect(sum(per_device.map(({ fixes }) => fixes))).to.equal(rows);
    for (const { fixes, changes, late, duplicate, conflict } of per_device) expect(changes + late + duplicate + conflict).to.equal(fixes);
  });

  it('should end with 0 if every row is a fix, and with 1 if one is not', async () => {
    expect(await run(fixture('minute.csv'))).to.include({ status: 0, stderr: '' });
    expect(await run(fixture('odd.csv'))).to.include({ status: 1, stderr: '' });
  });

  it('should write nothing but its answer', async () => {
    mkdirSync(at('empty'));
    writeFileSync(at('empty', 'one.csv'), HEADER + row('a', '10:00:00', '10:00:01'));
    await lastfix(['check', 'one.csv'], at('empty'));
    expect(readdirSync(at('empty'))).to.deep.equal(['one.csv']);
  });

  it('should show what it found in 80 columns', async () => {
    const { stdout } = await run(fixture('minute.csv'));
    const lines = stdout.split('\n').slice(1); // the first names the file
    for (const line of lines) expect(line.length, line).to.be.at.most(80);
    expect(stdout).to.match(/^rows {14}129: 129 fixes of 4 devices, 0 rejected$/m);
    expect(stdout).to.match(/^order {13}not sorted: 13 fixes arrived before the row above$/m);
    expect(stdout).to.match(/^plays in {10}57.4 s at rate 1$/m);
    expect(stdout).to.match(/^changes {11} *44 {3}34.1 %$/m);
    expect(stdout).to.match(/^arrivals, 1 s a column, 24 at most in one\n {2,}█/m);
    expect(stdout).to.match(/^ {2}5 s to 10 s {7}39 {3}30.2 % {2}█{36}$/m);
    expect(stdout).to.match(/^longest silences\n {4}7.07 s {2}from 2021-10-23T12:30:25.730208Z to 2021-10-23T12:30:32.802075Z$/m);
    expect(stdout).to.match(/^ {2}11560 {6}42 {7}15 {2}61.9 % {2}12:30:03 {2}12:30:53 {10}8 h$/m);
    expect(stdout).not.to.include('\u001b');
  });

  it('should tell how long it plays at a rate, with silences cut', async () => {
    writeFileSync(
      at('gap.csv'),
      HEADER + row('a', '10:00:00', '10:00:00') + row('a', '10:00:01', '10:00:20') + row('a', '10:00:02', '10:00:21'),
    );
    expect(await json('gap.csv')).to.deep.include({ rate: 1, max_gap_seconds: null, stream_seconds: 21, plays_seconds: 21 });
    expect(await json('gap.csv', '--rate', '2', '--max-gap', '5s')).to.deep.include({
      rate: 2,
      max_gap_seconds: 5,
      stream_seconds: 21,
      plays_seconds: 3,
    });
    expect(await json('gap.csv', '--rate', 'max')).to.deep.include({ rate: 'max', plays_seconds: 0 });
    expect((await run('gap.csv', '--rate', '2', '--max-gap', '5s')).stdout).to.include(
      '\nplays in          3 s at rate 2, silences cut to 5 s\n',
    );
    expect((await run('gap.csv', '--rate', 'max')).stdout).to.include('\nplays in          rate max: at once\n');
  });

  it('should find clocks that are ahead, the worst late fix, and arrivals of one millisecond', async () => {
    const rows = [
      row('a', '12:00:00', '10:00:00.001100'),
      row('b', '09:00:00', '10:00:00.001900'),
      row('a', '10:00:00', '10:00:00.002000'),
      row('a', '11:00:00', '10:00:01'),
    ];
    writeFileSync(at('clocks.csv'), HEADER + rows.join(''));
    const found = await json('clocks.csv');
    expect(found).to.deep.include({ changes: 2, late: 2, clock_ahead: 2, same_millisecond: 1, most_in_a_millisecond: 2, out_of_order: 0 });
    expect(found.worst_clock_ahead).to.deep.equal({
      device_id: 'a',
      time: '2021-10-23T10:00:00.001100Z',
      event_time: '2021-10-23T12:00:00.000000Z',
      latest_event_time: null,
      seconds: 7199.9989,
    });
    expect(found.worst_late).to.deep.equal({
      device_id: 'a',
      time: '2021-10-23T10:00:00.002000Z',
      event_time: '2021-10-23T10:00:00.000000Z',
      latest_event_time: '2021-10-23T12:00:00.000000Z',
      seconds: 7200,
    });
    expect(found.per_device.map(({ device_id, worst_delay_seconds }) => [device_id, worst_delay_seconds])).to.deep.equal([
      ['a', 0.002],
      ['b', 3600.0019],
    ]);
    const { stdout } = await run('clocks.csv');
    expect(stdout).to.include('\norder             in order of arrival\n');
    expect(stdout).to.include('\nclocks ahead      2 fixes, by 2 h at most: a, arrived 2021-10-23T10:00:00.001100Z\n');
  });

  it('should list the first rejected rows with their lines and reasons, as many as were asked for', async () => {
    const { rejected, rejected_rows } = await json(fixture('odd.csv'), '--rejected', '2');
    expect(rejected).to.equal(14);
    expect(rejected_rows.map(({ line }) => line)).to.deep.equal([21, 22]);
    expect(rejected_rows[1]!.reason).to.match(/^time_stamp "2039-01-01T00:00:00Z" is more than/);
    expect((await json(fixture('odd.csv'), '--rejected', '100')).rejected_rows).to.have.length(14);
    expect((await json(fixture('odd.csv'), '--rejected', '0')).rejected_rows).to.deep.equal([]);
    const { stdout } = await run(fixture('odd.csv'), '--rejected', '1');
    expect(stdout).to.match(/\nrejected rows\n {2}line 21: time_stamp .*\n {2}and 13 more: --rejected N lists N of them\n$/);
  });

  it('should name the file of a rejected row among several, and sort them as one stream', async () => {
    writeFileSync(at('good.csv'), HEADER + row('a', '10:00:00', '10:00:05'));
    writeFileSync(at('bad.csv.gz'), gzipSync(HEADER + row('a', '10:00:01', '10:00:01') + 'x\n'));
    const { status, stdout } = await run('good.csv', 'bad*.gz');
    expect(status).to.equal(1);
    expect(stdout).to.include('\n  line 3 of bad.csv.gz: 1 column instead of 6\n');
    expect(stdout).to.include('\nfirst arrival     2021-10-23T10:00:01.000000Z\n');
  });

  it('should list the devices with the most fixes, as many as were asked for', async () => {
    const { devices, per_device } = await json('made.csv', '--devices', '3');
    expect([devices, per_device.length]).to.deep.equal([7, 3]);
    const all = (await json('made.csv')).per_device;
    expect(all).to.have.length(7);
    expect(all.map(({ fixes }) => fixes)).to.deep.equal(all.map(({ fixes }) => fixes).sort((a, b) => b - a));
    expect(all.slice(0, 3)).to.deep.equal(per_device);
    expect((await run('made.csv', '--devices', '3')).stdout).to.match(/\n {2}and 4 more: --devices N lists N of them\n$/);
  });

  it('should show no device, column or reason that a terminal might obey, or that is endless', async () => {
    const name = `\u001b[2J\u202e${'x'.repeat(60_000)}`;
    writeFileSync(
      at('odd\u001bname.csv'),
      HEADER.replace('\n', ',\u001b[1m\n') +
        row(name, '10:00:00', '10:00:09').replace('\n', ',1\n') +
        row(name, '09:00:00', '10:00:10').replace('\n', ',1\n') +
        '\u001b[31m\n',
    );
    const { stdout, stderr } = await run('odd\u001bname.csv');
    for (const character of ['\u001b', '\u202e']) expect(stdout + stderr).not.to.include(character);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).to.be.at.most(120);
    expect((await json('odd\u001bname.csv')).per_device[0]!.device_id).to.equal(name);
  });

  describe('given ids that are long', () => {
    const listed = async (ids: readonly string[]) => {
      writeFileSync(at('long.csv'), HEADER + ids.map((id) => row(id, '10:00:00', '10:00:01') + row(id, '09:00:00', '10:00:02')).join(''));
      const { stdout } = await run('long.csv');
      const lines = stdout.split('\ndevices\n')[1]!.trimEnd().split('\n');
      return { stdout, header: lines[0]!, rows: lines.slice(1) };
    };

    for (const [what, ids] of [
      ['IMEIs', ['862107044812345', '862107044812346', '862107044812347']],
      ['UUIDs', ['8f14e45f-ceea-467f-a8d4-2b3c1d0e9f11', '8f14e45f-ceea-467f-a8d4-2b3c1d0e9f12']],
      ['others', ['7', 'Straßenbahn 12', '車両一号']],
    ] as const) {
      it(`should show them whole, and the columns below their names: ${what}`, async () => {
        const { stdout, header, rows } = await listed(ids);
        for (const [i, row] of rows.entries()) {
          expect(row).to.include(`  ${ids[i]!}  `);
          expect(widthOf(row)).to.equal(widthOf(header));
        }
        expect(stdout).to.include(`the worst: ${ids[0]}, arrived 2021`);
      });
    }

    it('should cut those that are endless in their middle, and so that no two look alike', async () => {
      const long = (middle: string) => `${'a'.repeat(50)}${middle}${'b'.repeat(50)}`;
      const { stdout, rows } = await listed([long('1'), `${'c'.repeat(60_000)}d`]);
      expect(rows.map((row) => row.trim().split(' ')[0])).to.deep.equal([
        `${'a'.repeat(20)}…${'b'.repeat(19)}`,
        `${'c'.repeat(20)}…${'c'.repeat(18)}d`,
      ]);
      expect(stdout).to.include(`the worst: ${'a'.repeat(20)}…${'b'.repeat(19)}, arrived 2021`);
      expect((await listed([long('1'), long('2')])).rows.map((row) => row.trim().split(' ')[0])).to.deep.equal([long('1'), long('2')]);
    });
  });

  it('should take standard input as a replay of it would, in the order in which it comes', async () => {
    const text = HEADER + row('a', '10:00:02', '10:00:02') + row('a', '10:00:01', '10:00:01') + row('a', '10:00:03', '10:00:03');
    const { status, stdout } = await piped(text, '--format', 'json');
    expect(status).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.include({
      input: 'standard input',
      rows: 3,
      changes: 2,
      late: 1,
      out_of_order: 1,
      first_arrival: '2021-10-23T10:00:01.000000Z',
    });
    writeFileSync(at('unsorted.csv'), text);
    expect(await json('unsorted.csv')).to.deep.include({ rows: 3, changes: 3, late: 0, out_of_order: 1 });
    expect(await json('unsorted.csv', '--in-order')).to.deep.include({ rows: 3, changes: 2, late: 1, out_of_order: 1 });
  });

  it('should tell what there is to tell of a recording without a fix', async () => {
    writeFileSync(at('none.csv'), HEADER);
    expect(await run('none.csv')).to.include({ status: 0 });
    expect(await json('none.csv')).to.deep.include({
      rows: 0,
      devices: 0,
      first_arrival: null,
      last_event: null,
      arrivals: null,
      delay_seconds: null,
      plays_seconds: 0,
      silences: [],
    });
  });

  it('should read columns of other names, and believe clocks as far as it is told', async () => {
    writeFileSync(
      at('named.csv'),
      'imei,latitude,longitude,time_stamp,received_at\n' + 'a,1,2,2021-10-23T10:00:10Z,2021-10-23T10:00:00Z\n',
    );
    const columns = ['--columns', 'device=imei,arrival=received_at,speed='];
    expect(await run('named.csv', ...columns)).to.include({ status: 0 });
    const { status, stdout } = await run('named.csv', ...columns, '--max-clock-ahead', '9s');
    expect(status).to.equal(1);
    expect(stdout).to.match(/line 2: time_stamp .* after received_at /);
  });

  for (const [args, what] of [
    [['--rate', '0'], '--rate "0" is not a valid rate: give a number above 0, such as 60, or max\nSee: lastfix check --help'],
    [['--devices', '-1'], '--devices "-1" is not a whole number: give one from 0 to 1000000\nSee: lastfix check --help'],
    [['--format', 'xml'], '--format "xml" is not one of table, json\nSee: lastfix check --help'],
    [['-', 'a.csv'], '- is standard input, which is checked alone: leave the other inputs out\nSee: lastfix check --help'],
    [[''], 'INPUT "" is not a file: name one\nSee: lastfix check --help'],
    [['nowhere.csv'], 'cannot read nowhere.csv: no such file or directory (check the path)'],
    [['no*.such'], 'no file matches no*.such: check the path'],
    [['--strict'], 'there is no option --strict\nSee: lastfix check --help'],
  ] as const) {
    it(`should say what is wrong, and end with 2: ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await run(...args);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.equal(`lastfix: ${what}\n`);
    });
  }

  it('should end with 130 and no answer when it is interrupted while it waits for input', async () => {
    const child = spawn(process.execPath, [MAIN, 'check', '-'], { cwd: at(), stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const saying = says(child, /^lastfix: interrupted: there is no report\n$/);
    // more than a pipe holds, so that it is reading when all is written
    const more = HEADER + row('a', '10:00:00', '10:00:01').repeat(10_000);
    await new Promise((written) => child.stdin.write(more, written));
    child.kill('SIGINT');
    const [status] = await once(child, 'close') as [number | null];
    await saying;
    expect([status, stdout]).to.deep.equal([130, '']);
  });
});
