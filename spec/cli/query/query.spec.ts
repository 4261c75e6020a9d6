import { appendFileSync, chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const ODD = fileURLToPath(new URL('../../../../fixtures/odd.expected/output_stream', import.meta.url));
const HEADER = 'time,device_id,lat,lon,speed,event_time';

describe('lastfix query', () => {
  const at = temporaryFolder();
  before(() => {
    copyFileSync(`${ODD}.csv`, at('log.csv'));
    copyFileSync(`${ODD}.late.csv`, at('log.late.csv'));
  });
  const query = (...args: string[]) => lastfix(['query', '--output', 'log.csv', ...args], at());
  const json = async (...args: string[]) => JSON.parse((await query('--format', 'json', ...args)).stdout) as Record<string, unknown>;

  it('should answer with the latest as of the asked moment, that moment included', async () => {
    const { status, stdout, stderr } = await query('tie', '2021-10-23T12:30:01.000001Z');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(
      [
        'device      tie',
        'as of       2021-10-23T12:30:01.000001Z',
        'position    2, 2',
        'speed       2',
        'event time  2021-10-23T12:30:01.000000Z, 0.000001 s before that',
        'arrived     2021-10-23T12:30:01.000001Z',
        'driver      Bo',
        'note        second of a tie',
        '',
      ].join('\n'),
    );
    expect((await query('tie', '2021-10-23T12:30:01Z')).stdout).to.include('a microsecond earlier though further down');
  });

  it('should give the newest, as of the last arrival, when no time is given', async () => {
    const { stdout } = await query('007');
    expect(stdout).to.include('as of       2021-10-23T12:30:13.000000Z');
  });

  it('should take a time with a blank in it, in any zone', async () => {
    const { stdout } = await query('7', '2021-10-23', '18:00:01+05:30');
    expect(stdout).to.include('as of       2021-10-23T12:30:01.000000Z');
  });

  it('should take a date for its first moment, and now for now', async () => {
    const before = Date.now();
    const [date, now] = await Promise.all([query('7', '2021-10-24'), json('7', 'now')]);
    expect(date.stdout).to.include('as of       2021-10-24T00:00:00.000000Z');
    expect((now['age_seconds'] as number) * 1000 + Date.UTC(2021, 9, 23, 12, 29, 59)).to.be.within(before, Date.now());
  });

  it('should say when the device clock was ahead', async () => {
    expect((await query('edge', '2021-10-23T12:30:10Z')).stdout).to.include('1 day after that: its clock is ahead');
  });

  it('should tell where a device was, by late fixes, too, and by what was known of it at another moment', async () => {
    const then = '2021-10-23T12:30:00.500000Z';
    const asked = ['tie', then, '--by', 'event'];
    const [known, was, wasKnown] = await Promise.all([
      query('tie', '2021-10-23T12:30:01.000001Z'),
      json(...asked),
      json(...asked, '--known-at', '2021-10-23T12:30:01Z'),
    ]);
    expect(known.stdout).to.include('second of a tie');
    expect(was).to.include({ note: 'third of a tie: late', event_time: then, age_seconds: 0 });
    expect(wasKnown).to.include({ note: 'a microsecond earlier though further down', age_seconds: 1.5 });
  });

  it('should take what was known at a moment for the newest', async () => {
    const [newest, then] = await Promise.all([json('tie', '--known-at', '2021-10-23T12:30:01Z'), json('tie', '2021-10-23T12:30:01Z')]);
    expect(newest).to.deep.equal(then).and.include({ note: 'a microsecond earlier though further down', age_seconds: 2 });
  });

  it('should answer with a fix that is as old as it may be, and say of an older one how old it is', async () => {
    const [answered, tooOld] = await Promise.all([query('007', '--max-age', '15s'), query('007', '--max-age', '14999ms')]);
    expect(answered).to.include({ status: 0, stderr: '' });
    expect(tooOld).to.include({ status: 1, stdout: '' });
    expect(tooOld.stderr).to.equal(
      'lastfix: too old: the latest fix of device "007" at 2021-10-23T12:30:13.000000Z is of 2021-10-23T12:29:58.000000Z, 15 s before that, and --max-age is 14999ms\n',
    );
  });

  it('should write JSON with the column names of the log, the measures as numbers', async () => {
    const { stdout } = await query('7.0', '2021-10-23T12:30:02.500000Z', '--format', 'json');
    expect(stdout).to.match(/^.*\n$/);
    expect(JSON.parse(stdout)).to.deep.equal({
      time: '2021-10-23T12:30:00.500000Z',
      device_id: '7.0',
      lat: 0,
      lon: 180,
      speed: null,
      event_time: '2021-10-23T12:30:00.123456Z',
      driver: '',
      note: 'nine digits, the rest cut: the same µs as the row before',
      age_seconds: 2.376544,
    });
  });

  it('should write CSV as the log has it, with the age', async () => {
    const { stdout } = await query('quoted, "so"', '2021-10-23T12:30:06Z', '--format', 'csv');
    expect(stdout).to.equal(
      'time,device_id,lat,lon,speed,event_time,driver,note,age_seconds\n2021-10-23T12:30:05.000000Z,"quoted, ""so""",5,5,5,2021-10-23T12:30:05.000000Z,"O\'Neil, ""Ned""","two\r\nlines",1\n',
    );
  });

  it('should write a GeoJSON point, longitude first', async () => {
    const { stdout } = await query('007', '--format', 'geojson');
    expect(JSON.parse(stdout)).to.deep.include({ type: 'Feature', geometry: { type: 'Point', coordinates: [77.5, 12.5] } });
  });

  it('should name the devices that are spelled most like an unknown one', async () => {
    const unknown = await query('08');
    expect(unknown).to.include({ status: 1, stdout: '' });
    expect(unknown.stderr).to.equal(
      'lastfix: unknown device "08": log.csv knows "007", "7", "7.0", "tie", "=1+1", "edge", "inch", "last" and 7 more\n',
    );
    expect((await query('ties')).stderr).to.match(/knows "tie", /);
  });

  for (const [args, words] of [
    [
      ['last', '2021-10-23T12:30:12.999999Z'],
      'nothing known of device "last" at 2021-10-23T12:30:12.999999Z: its first fix arrived at 2021-10-23T12:30:13.000000Z',
    ],
    [
      ['last', 'now', '--known-at', '2021-10-23T12:30:12Z'],
      'nothing known of device "last" at 2021-10-23T12:30:12.000000Z: its first fix arrived at 2021-10-23T12:30:13.000000Z',
    ],
    [
      ['7', '2021-10-23T12:29:58Z', '--by', 'event'],
      'nothing known of where device "7" was at 2021-10-23T12:29:58.000000Z: its first fix was taken at 2021-10-23T12:29:59.000000Z',
    ],
    [
      ['007', '2021-10-23T12:29:57Z', '--by', 'event', '--known-at', '2021-10-23T12:30:03Z'],
      'nothing known of where device "007" was at 2021-10-23T12:29:57.000000Z, by what had arrived at 2021-10-23T12:30:03.000000Z: its first fix was taken at 2021-10-23T12:29:58.000000Z',
    ],
    [
      ['last', '2021-10-23T12:31Z', '--by', 'event', '--known-at', '2021-10-23T12:30:12Z'],
      'nothing known of device "last" at 2021-10-23T12:30:12.000000Z: its first fix arrived at 2021-10-23T12:30:13.000000Z',
    ],
  ] as const) {
    it(`should say that a device is known only later, and when: query ${args.join(' ')}`, async () => {
      expect(await query(...args)).to.include({ status: 1, stdout: '', stderr: `lastfix: ${words}\n` });
    });
  }

  const odd = ['--x', '-1', '../x', '<b>', 'a, "b"', '  ', '🚚', '--'];
  it('should find any device by its id, as it is written', async () => {
    const field = (text: string) => `"${text.replaceAll('"', '""')}"`;
    writeFileSync(
      at('ids.csv'),
      `${HEADER}\n${odd.map((device, i) => `2021-10-23T12:30:00Z,${field(device)},${i},1,1,2021-10-23T12:30:00Z\n`).join('')}`,
    );
    const told = await Promise.all(odd.map((device) => query('--format', 'json', '--output', 'ids.csv', '--', device)));
    expect(told.map(({ stdout }) => JSON.parse(stdout) as unknown)).to.deep.equal(
      odd.map((device_id, lat) => ({
        time: '2021-10-23T12:30:00.000000Z',
        device_id,
        lat,
        lon: 1,
        speed: 1,
        event_time: '2021-10-23T12:30:00.000000Z',
        age_seconds: 0,
      })),
    );
  });

  it('should never send a control character of the log to the terminal', async () => {
    const evil = 'a\u001b]0;title\u0007\u009b2J\u007f\tb';
    writeFileSync(at('evil.csv'), `${HEADER},"${evil}"\n2021-10-23T12:30:00Z,"${evil}",1,1,1,2021-10-23T12:30:00Z,"${evil}\r\n"\n`);
    const told = await Promise.all(
      [
        [evil],
        ['--all'],
        [evil, '--to', 'now'],
        ['unknown'],
        [evil, '2021-10-22'],
        [evil, 'now', '--max-age', '1s'],
        [evil, '--to', '2021-10-22'],
      ].map((args) => query('--output', 'evil.csv', ...args)),
    );
    expect(told.map(({ status }) => status)).to.deep.equal([0, 0, 0, 1, 1, 1, 1]);
    for (const { stdout, stderr } of told) {
      expect(stdout + stderr).to.match(/^(?:\P{Cc}*\n)+$/u);
      expect(stdout + stderr).to.match(/a\\u001b]0;title\\u0007\\u009b2J\\u007f(?:\\u0009|\\t)b/);
    }
  });

  it('should explain what was read, and bring the index up to date so that less is', async () => {
    copyFileSync(`${ODD}.csv`, at('new.csv'));
    const first = await query('7', '--output', 'new.csv', '--explain');
    const second = await query('7', '--output', 'new.csv', '--explain');
    expect(first.stderr).to.match(
      /^index {14}\d+ pages, .*\nrows by the index {2}1, .*\nrows without it {4}18, [\d,]+ bytes\nbytes compared {5}0\ntime {15}.* ms, of .* ms since the process started\n$/,
    );
    expect(second.stderr).to.match(/\nrows without it {4}0, 0 bytes\n/);
    expect(second.stdout).to.equal(first.stdout);
    expect(await query('unknown', '--explain')).to.have.property('stderr').that.matches(/^lastfix: unknown device .*\nindex .*\n/);
  });

  it('should read whole lines only of a log that is being written', async () => {
    copyFileSync(`${ODD}.csv`, at('growing.csv'));
    appendFileSync(at('growing.csv'), '2021-10-23T12:30:20.000000Z,007,1,1,1,2021-10-23T12:30:19.0000');
    expect(await json('007', '--output', 'growing.csv')).to.include({ time: '2021-10-23T12:30:00.000000Z' });
    appendFileSync(at('growing.csv'), '00Z,,\n');
    expect(await json('007', '--output', 'growing.csv')).to.include({ time: '2021-10-23T12:30:20.000000Z' });
  });

  it('should answer by the log, whatever the index beside it says', async () => {
    const answer = await json('tie');
    const index = at('log.csv.index');
    const whole = readFileSync(index);
    for (const harm of [
      () => { rmSync(index); },
      () => { writeFileSync(index, ''); },
      () => { writeFileSync(index, whole.subarray(0, 5000)); },
      () => { writeFileSync(index, Buffer.from(whole).fill(1, 4100)); },
      () => { writeFileSync(index, Buffer.from(whole).fill(0, 0, 4096)); },
      () => { writeFileSync(index, 'my own notes\n'); },
      () => { rmSync(index); mkdirSync(index); },
    ]) {
      harm();
      expect(await json('tie')).to.deep.equal(answer);
    }
    rmSync(index, { recursive: true });
  });

  it('should leave a file alone that only has the name of an index', async () => {
    copyFileSync(`${ODD}.csv`, at('notes.csv'));
    writeFileSync(at('notes.csv.index'), 'my own notes\n');
    expect(await query('7', '--output', 'notes.csv')).to.include({ status: 0, stderr: '' });
    expect(readFileSync(at('notes.csv.index'), 'utf8')).to.equal('my own notes\n');
  });

  it('should not wait for a FIFO in the place of the index', async () => {
    copyFileSync(`${ODD}.csv`, at('piped.csv'));
    if (spawnSync('mkfifo', [at('piped.csv.index')]).status !== 0) return; // there are none on this system
    expect(await query('7', '--output', 'piped.csv')).to.include({ status: 0, stderr: '' });
    expect(await query('7', '--by', 'event', '--output', 'piped.csv')).to.include({ status: 0, stderr: '' });
  });

  it('should answer where it may only read, also another user', async () => {
    mkdirSync(at('closed'));
    copyFileSync(`${ODD}.csv`, at('closed/log.csv'));
    copyFileSync(`${ODD}.late.csv`, at('closed/log.late.csv'));
    const asked = ['query', 'tie', '2021-10-24', '--output', 'closed/log.csv', '--format', 'csv'];
    const own = await lastfix(asked, at());
    expect(own).to.include({ status: 0, stderr: '' });
    chmodSync(at('closed'), 0o555);
    chmodSync(at('closed/log.csv'), 0o444);
    chmodSync(at(), 0o755);
    const uncovered = { env: { ...process.env, NODE_V8_COVERAGE: '' } }; // where the coverage goes, another user may not write
    const nobody = process.getuid?.() === 0 ? { ...uncovered, uid: 65534, gid: 65534 } : {};
    // it may not read this program
    if ((await lastfix(['--version'], at(), undefined, nobody).catch(() => ({ status: null }))).status !== 0) return;
    expect(await lastfix(asked, at(), undefined, nobody)).to.deep.equal(own);
    chmodSync(at('closed/log.csv.index'), 0o000);
    expect(await lastfix(asked, at(), undefined, nobody)).to.deep.equal(own);
    expect(await lastfix([...asked, '--by', 'event'], at(), undefined, nobody)).to.include({ status: 0, stdout: own.stdout });
    expect(existsSync(at('closed/log.late.csv.index'))).to.equal(false);
    chmodSync(at('closed'), 0o755);
  });

  const bad: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['7', '--output', 'none.csv'], /^no log none.csv: make one with lastfix replay, or name another with --log$/],
    [['--all', '--output', 'none/log.csv'], /^no log none\/log.csv: make one/],
    [['7', '--to', 'now', '--output', 'none.csv'], /^no log none.csv: make one/],
    [['7', '--output', '.'], /^cannot read \.: it is a folder \(name a file in it\)$/],
    [['7', '--output', 'other.csv'], /^other.csv: this is not a log that lastfix wrote: its header is "a,b"$/],
    [['7', '--output', 'empty.csv'], /^empty.csv is empty: it needs a header line at least$/],
    [
      ['7', '--output', 'broken.csv'],
      /^broken.csv:4: lat "x" is not a number from -90 to 90: lastfix did not write this; make the log anew with lastfix replay$/,
    ],
    [
      ['7', '--by', 'event', '--output', 'mixed.csv'],
      /^mixed.late.csv has other columns than mixed.csv: it is of another run: move it away$/,
    ],
  ];
  for (const [args, message] of bad) {
    it(`should fail with status 2 and a clear line at: query ${args.join(' ')}`, async () => {
      writeFileSync(at('other.csv'), 'a,b\n');
      writeFileSync(at('empty.csv'), '');
      writeFileSync(
        at('broken.csv'),
        `${HEADER}\n2021-10-23T12:30:00Z,"7\n",1,1,1,2021-10-23T12:30:00Z\n2021-10-23T12:30:00Z,7,x,1,1,2021-10-23T12:30:00Z\n`,
      );
      writeFileSync(at('mixed.csv'), `${HEADER},note\n`);
      copyFileSync(`${ODD}.late.csv`, at('mixed.late.csv'));
      const { status, stdout, stderr } = await query(...args);
      const [, line] = /^lastfix: (.*)\n$/.exec(stderr) ?? [];
      expect(line ?? stderr).to.match(message);
      expect([status, stdout]).to.deep.equal([2, '']);
    });
  }

  for (const args of [[], ['7', 'yesterday'], ['-1']]) {
    it(`should fail with status 2, a line, and where to look, at: query ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await query(...args);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(/^lastfix: .+\nSee: lastfix query --help\n$/);
    });
  }
});
