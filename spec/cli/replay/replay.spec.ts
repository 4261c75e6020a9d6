import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { draftOf } from '../../../src/csv/draftOf.js';
import type { Report } from '../../../src/report/report.js';
import { lastfix, says } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';

describe('lastfix replay', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(['replay', ...args], at());
  const log = () => readFileSync(at('output', 'output_stream.csv'), 'utf8');
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as Report;

  it('should write the log and report on standard error only', async () => {
    const { status, stdout, stderr } = await run(fixture('minute.csv'), '--rate', 'max', '--stats', 'stats.json');
    expect(status).to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr).to.match(
      /^lastfix: playing .*minute.csv \(129 rows, 57.4 s of stream time\) into output\/output_stream.csv\nrows read +129\nchanges +44\nlate +84\nduplicate +1\n/,
    );
    expect(log()).to.equal(readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8'));
  });

  it('should account for every row in its statistics, and print no latency where there is none', () => {
    const { rows, changes, late, duplicate, conflict, rejected, not_played, lateness_ms, latency_ms, processing_us, bytes } = stats();
    expect(changes + late + duplicate + conflict + rejected + not_played).to.equal(rows);
    expect([lateness_ms, latency_ms]).to.deep.equal([null, null]);
    expect(processing_us!.max).to.be.at.least(processing_us!.p50);
    const written = ['output_stream.csv', 'output_stream.late.csv', 'output_stream.rejected.csv'];
    expect(bytes).to.equal(written.map((name) => readFileSync(at('output', name)).length).reduce((a, b) => a + b));
  });

  it('should play the recording that comes with it when it is given none', async () => {
    const { stderr } = await run('--rate', 'max');
    expect(stderr).to.match(/replacing the previous run in output\/output_stream.csv.*\n.*minute.csv \(129 rows/);
  });

  it('should measure lateness of every fix and latency of every change at a finite rate, and nothing early', async () => {
    const start = performance.now();
    expect((await run(fixture('minute.csv'), '--rate', '60', '--stats', 'stats.json')).status).to.equal(0);
    const { lateness_ms, latency_ms, wall_seconds } = stats();
    expect(lateness_ms!.mean).to.be.greaterThan(0);
    expect(latency_ms!.max).to.be.within(0, performance.now() - start);
    expect(wall_seconds).to.be.at.least(57.39 / 60);
    expect(log()).to.equal(readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8'));
  });

  it('should print nothing when it is quiet', async () => {
    expect(await run(fixture('odd.csv'), '--rate', 'max', '--quiet')).to.include({ status: 0, stdout: '', stderr: '' });
  });

  it('should name the first rejected row and the file of all', async () => {
    const { status, stderr } = await run(fixture('odd.csv'), '--rate', 'max');
    expect(status).to.equal(0);
    expect(stderr).to.match(/rejecting 14 of 36 rows into output\/output_stream.rejected.csv; the first: .*odd.csv:21: time_stamp /);
  });

  it('should fail when it rejected every row, and say for which reason most of them, also when it is quiet', async () => {
    writeFileSync(at('all.csv'), `${HEADER}short\na,91,1,x,y,\na,92,1,x,y,\n`);
    writeFileSync(at('one.csv'), `${HEADER}short\n`);
    const most =
      'no row of all.csv could be played: all 3 were rejected into all/log.rejected.csv, 2 of them for the same reason: all.csv:3: latitude "91" is not a number from -90 to 90';
    for (const args of [[], ['--resume'], ['--in-order']]) {
      const quiet = await run('all.csv', '--quiet', '--output', 'all/log.csv', ...args);
      expect(quiet).to.include({ status: 1, stdout: '', stderr: `lastfix: ${most}\n` });
      const { status, stderr } = await run('all.csv', '--output', 'all/log.csv', ...args);
      expect(status).to.equal(1);
      expect(stderr).to.match(/rejected +3\n|nothing was missing/).and.to.satisfy((text: string) => text.endsWith(`lastfix: ${most}\n`));
      expect(readFileSync(at('all/log.rejected.csv'), 'utf8').split('\n')).to.have.length(5);
    }
    expect(await run('one.csv', '--quiet', '--output', 'one/log.csv')).to.include({
      status: 1,
      stderr:
        'lastfix: no row of one.csv could be played: its only one was rejected into one/log.rejected.csv: one.csv:2: 1 column instead of 6\n',
    });
    expect(await run('all.csv', 'one.csv', '--quiet', '--output', 'both/log.csv')).to.include({
      status: 1,
      stderr:
        'lastfix: no row of all.csv, one.csv could be played: all 4 were rejected into both/log.rejected.csv, 2 of them for the same reason: line 2 of all.csv: 1 column instead of 6\n',
    });
    expect((await run('all.csv', '--serve', '--port', '0', '--quiet', '--output', 'served/log.csv')).status).to.equal(1);
  });

  it('should play a recording without rows, which rejects none', async () => {
    writeFileSync(at('none.csv'), HEADER);
    expect(await run('none.csv', '--quiet', '--output', 'none/log.csv')).to.include({ status: 0, stderr: '' });
  });

  it('should say that --from or --until leaves nothing to wait for, or nothing at all', async () => {
    writeFileSync(
      at('two.csv'),
      `${HEADER}a,1,1,2021-10-23T00:00:01Z,2021-10-23T00:00:01Z,1\na,1,1,2021-10-23T00:00:03Z,2021-10-23T00:00:03Z,1\n`,
    );
    const said = async (...args: readonly string[]) => {
      const { status, stderr } = await run('two.csv', '--output', 'beyond/log.csv', ...args);
      expect(status).to.equal(0);
      return stderr.split('\n').filter((line) => /--from|--until/.test(line));
    };
    const from =
      'lastfix: --from 2021-10-24T00:00:00.000000Z is after the last arrival, 2021-10-23T00:00:03.000000Z: everything is applied at once';
    const until =
      'lastfix: --until 2021-10-22T00:00:00.000000Z is before the first arrival, 2021-10-23T00:00:01.000000Z: nothing is played';
    for (const order of [[], ['--in-order']]) {
      expect(await said('--from', '2021-10-24T00:00:00Z', ...order)).to.deep.equal([from]);
      expect(await said('--from', '2021-10-24T00:00:00Z', '--rebase', 'now', ...order)).to.deep.equal([from]);
      expect(await said('--from', '2021-10-23T00:00:03Z', ...order)).to.deep.equal([]);
      expect(await said('--from', '2021-10-24T00:00:00Z', '--quiet', ...order)).to.deep.equal([]);
      expect(await said('--from', '2021-10-23T00:00:02Z', '--until', '2021-10-23T00:00:02Z', ...order)).to.deep.equal([]);
    }
    expect(await said('--until', '2021-10-22T00:00:00Z')).to.deep.equal([until]);
    expect(await said('--until', '2021-10-23T00:00:01Z')).to.deep.equal([]);
  });

  it('should end at the first rejected row with --strict, before anything is written', async () => {
    const { status, stderr } = await run(fixture('odd.csv'), '--strict', '--output', 'strict/log.csv');
    expect(status).to.equal(1);
    expect(stderr).to.match(/^lastfix: .*odd.csv:21: time_stamp .*\n$/);
    expect(existsSync(at('strict'))).to.equal(false);
  });

  it('should leave out what is after --until, and apply what is before --from at once', async () => {
    const until = '2021-10-23T12:30:30Z';
    await run(fixture('minute.csv'), '--rate', '1000', '--from', '2021-10-23T12:30:20Z', '--until', until, '--stats', 'stats.json');
    const expected = readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8').split('\n');
    expect(log()).to.equal(`${expected.filter((line) => line < until || line.startsWith('time,')).filter(Boolean).join('\n')}\n`);
    expect(stats().not_played).to.be.greaterThan(0);
    expect(stats().stream_seconds).to.be.within(5, 10);
  });

  it('should cut silences with --max-gap without touching a recorded time', async () => {
    writeFileSync(
      at('gap.csv'),
      `${HEADER}a,1,1,2021-10-23T00:00:00Z,2021-10-23T00:00:00Z,1\na,1,1,2021-10-23T09:00:00Z,2021-10-23T09:00:00Z,1\n`,
    );
    await run('gap.csv', '--max-gap', '10ms');
    expect(
      log()
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.slice(0, 19)),
    ).to.deep.equal(['2021-10-23T00:00:00', '2021-10-23T09:00:00']);
  });

  it('should find columns by the names they are mapped to', async () => {
    writeFileSync(at('mapped.csv'), 'imei,received_at,latitude,longitude,time_stamp\n7,2021-10-23T00:00:01Z,1,2,2021-10-23T00:00:00Z\n');
    const { status } = await run('mapped.csv', '--rate', 'max', '--columns', 'arrival=received_at,device=imei,speed=');
    expect(status).to.equal(0);
    expect(log()).to.equal('time,device_id,lat,lon,speed,event_time\n2021-10-23T00:00:01.000000Z,7,1,2,,2021-10-23T00:00:00.000000Z\n');
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`should flush what has arrived, report and exit with 130 on ${signal}`, async () => {
      const { status, stdout, stderr } = await lastfix(['replay', fixture('minute.csv'), '--flush', '1h'], at(), async (child) => {
        await says(child, /playing/);
        child.kill(signal);
      });
      expect(status).to.equal(130);
      expect(stdout).to.equal('');
      expect(stderr).to.match(/rows read +129\n(.*\n)*not played +\d+\n/);
      const expected = readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8');
      expect(log()).to.match(/^time,.*\n(.*\n)*$/);
      expect(expected.startsWith(log())).to.equal(true);
    });
  }

  it('should end at once on a Ctrl-C while it waits for a pipe that nobody writes to', async () => {
    if (spawnSync('mkfifo', [at('pipe')]).status !== 0) return; // no such thing as a FIFO here
    let writer: FileHandle | undefined;
    const { status, signal, stderr } = await lastfix(['replay', 'pipe', '--output', 'piped/log.csv'], at(), async (child) => {
      writer = await open(at('pipe'), 'w'); // as soon as it is being read
      child.kill('SIGINT');
    });
    await writer?.close();
    expect(signal ?? status).to.be.oneOf(['SIGINT', 130]); // both are 130 to a shell
    expect(stderr).to.equal('lastfix: interrupted while reading: nothing was written\n');
    expect(existsSync(at('piped'))).to.equal(false);
  });

  it('should fail, and say so, when its folder is deleted', async () => {
    const { status, stderr } = await lastfix(
      ['replay', fixture('minute.csv'), '--flush', '10ms', '--output', 'gone/log.csv'],
      at(),
      async (child) => {
        await says(child, /playing/);
        rmSync(at('gone'), { recursive: true });
      },
    );
    expect(status).to.equal(1);
    expect(stderr).to.match(/lastfix: gone\/log(.late)?.csv was deleted, moved or replaced while it was written/);
    expect(existsSync(at('gone'))).to.equal(false);
  });

  it('should never write its report over its log, by whatever name', async () => {
    mkdirSync(at('real'));
    symlinkSync('real', at('alias'));
    const { status, stderr } = await run(fixture('minute.csv'), '--rate', 'max', '--output', 'real/x.csv', '--stats', 'alias/x.csv');
    expect([status, stderr]).to.deep.equal([1, 'lastfix: alias/x.csv is a file of the run itself: name another with --stats\n']);
  });

  it('should not write its report over a file that it is about to make, through a link to nothing', async () => {
    mkdirSync(at('dangling'));
    for (const name of ['x.csv', 'x.csv.run.json']) {
      rmSync(at('dangling', 'report'), { force: true });
      symlinkSync(name, at('dangling', 'report'));
      const { status, stderr } = await run(
        fixture('minute.csv'),
        '--rate',
        'max',
        '--output',
        'dangling/x.csv',
        '--stats',
        'dangling/report',
      );
      expect([status, stderr]).to.deep.equal([1, 'lastfix: dangling/report is a file of the run itself: name another with --stats\n']);
    }
  });

  it('should not write its report over a file that it is about to make beside the end of a link', async () => {
    mkdirSync(at('far'));
    symlinkSync('far/x.csv', at('near.csv'));
    const { status, stderr } = await run(fixture('minute.csv'), '--rate', 'max', '--output', 'near.csv', '--stats', 'far/x.late.csv');
    expect([status, stderr]).to.deep.equal([1, 'lastfix: far/x.late.csv is a file of the run itself: name another with --stats\n']);
  });

  it('should clear what a run left of its report that was killed while it wrote it', async () => {
    const draft = draftOf(at('stats.json'));
    writeFileSync(draft, '{\n');
    expect((await run(fixture('minute.csv'), '--rate', 'max', '--stats', 'stats.json')).status).to.equal(0);
    expect([existsSync(draft), stats().rows]).to.deep.equal([false, 129]);
  });

  it('should write its report into a file that is empty', async () => {
    writeFileSync(at('stats.json'), '');
    expect((await run(fixture('minute.csv'), '--rate', 'max', '--stats', 'stats.json')).status).to.equal(0);
    expect(stats().rows).to.equal(129);
  });

  it('should never make a file in the place of another, whatever that is called', async () => {
    mkdirSync(at('precious'));
    writeFileSync(at('precious', 'x.csv.lastfix-new'), 'mine\n');
    copyFileSync(fixture('minute.csv'), at('precious', 'x.csv.run.json.new'));
    await run('precious/x.csv.run.json.new', '--rate', 'max', '--output', 'precious/x.csv');
    expect(readFileSync(at('precious', 'x.csv.lastfix-new'), 'utf8')).to.equal('mine\n');
    expect(readFileSync(at('precious', 'x.csv.run.json.new'), 'utf8')).to.equal(readFileSync(fixture('minute.csv'), 'utf8'));
  });

  it('should make the folder of its report before it plays', async () => {
    expect((await run(fixture('minute.csv'), '--rate', 'max', '--stats', 'reports/a/stats.json')).status).to.equal(0);
    expect(existsSync(at('reports', 'a', 'stats.json'))).to.equal(true);
    const { status, stderr } = await run(fixture('minute.csv'), '--stats', 'stats.json/stats.json');
    expect(status).to.equal(1);
    expect(stderr).to.include('lastfix: cannot write stats.json/stats.json: not a directory');
  });

  it('should tell the stream time of a recording from before 1970', async () => {
    writeFileSync(
      at('old.csv'),
      `${HEADER}a,1,1,1960-01-01T00:00:00Z,1960-01-01T00:00:01Z,1\na,1,1,1960-01-01T01:00:00Z,1960-01-01T01:00:01Z,1\n`,
    );
    await run('old.csv', '--rate', 'max', '--stats', 'stats.json');
    expect(stats().stream_seconds).to.equal(3600);
  });


  it('should go on with the run when nobody reads its report', async () => {
    const { status } = await lastfix(['replay', fixture('minute.csv'), '--rate', 'max'], at(), (child) => child.stderr!.destroy());
    expect(status).to.equal(0);
    expect(log()).to.equal(readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8'));
  });

  describe('given what it cannot use', () => {
    before(() => {
      mkdirSync(at('folder'));
      writeFileSync(at('file'), '');
      writeFileSync(at('empty.csv'), '');
      writeFileSync(at('missing.csv'), 'device_fk_id,latitude,longitude,time_stamp,speed\n');
      writeFileSync(at('latin1.csv'), Buffer.from(`Zoë,${HEADER}`, 'latin1'));
      writeFileSync(at('packed.zip'), 'PK\u0003\u0004and so on');
      const packed = gzipSync(HEADER.repeat(10));
      writeFileSync(at('cut.gz'), packed.subarray(0, -10));
      writeFileSync(at('damaged.gz'), Buffer.from(packed).fill(1, packed.length - 8));
      writeFileSync(at('binary.csv'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
      writeFileSync(at('quote.csv'), `${HEADER}1,2,3\n"4,5,6\n7,8,9\n`);
      writeFileSync(at('mine.csv'), 'a,b\n1,2\n');
      copyFileSync(fixture('minute.csv'), at('in.csv'));
    });

    const bad: readonly (readonly [args: string, status: number, message: string])[] = [
      ['nowhere.csv', 1, 'cannot read nowhere.csv: no such file or directory (check the path)'],
      ['folder', 1, 'cannot read folder: it is a folder (name a file in it)'],
      ['empty.csv', 1, 'empty.csv is empty: it needs a header line at least'],
      [
        'missing.csv',
        1,
        'missing.csv: the header has no column "sts" (arrival): try --columns arrival=; it has "device_fk_id", "latitude", "longitude", "time_stamp", "speed"',
      ],
      ['binary.csv', 1, 'binary.csv is a picture: lastfix reads recordings of positions'],
      ['latin1.csv', 1, 'latin1.csv:1: byte 0xEB after "Zo" is not UTF-8: if this is Windows text, give --encoding windows-1252'],
      ['packed.zip', 1, 'cannot read packed.zip: the zip archive is cut off: get the whole file'],
      ['cut.gz', 1, 'cannot read cut.gz: unexpected end of file (it is cut off: get the whole file)'],
      ['damaged.gz', 1, 'cannot read damaged.gz: incorrect data check (it is damaged: get it again)'],
      [
        'quote.csv',
        1,
        'quote.csv:3: a quote is opened in this row and never closed: close it, or write it twice within quotes if it stands for itself',
      ],
      ['in.csv --output in.csv', 1, 'in.csv is the input, which is never overwritten: choose another --output'],
      [
        'in.csv --output mine.csv',
        1,
        'mine.csv was not written by lastfix (it has another header): move it away, or choose another --output',
      ],
      ['in.csv --output folder/', 2, '--output "folder/" is not a file: name one, such as folder/output_stream.csv'],
      ['in.csv --output=', 2, '--output "" is not a file: name one, such as output/output_stream.csv'],
      ['in.csv --output folder', 1, 'folder is a folder: name a file in it as the output'],
      [
        'in.csv --output file/log.csv',
        1,
        'cannot make the folder file: file already exists (a file of that name is there: choose another place)',
      ],
      [
        'in.csv --stats mine.csv',
        1,
        'mine.csv is not a report that lastfix wrote, and is never overwritten: name another file with --stats',
      ],
      ['in.csv --stats in.csv', 1, 'in.csv is a file of the run itself: name another with --stats'],
      ['in.csv --rate 0', 2, '--rate "0" is not a valid rate: give a number above 0, such as 60, or max'],
      ['in.csv --rate fast', 2, '--rate "fast" is not a valid rate: give a number above 0, such as 60, or max'],
      ['in.csv --rate', 2, '--rate needs a value'],
      ['in.csv --flush -1', 2, '--flush "-1" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
      ['in.csv --flush 0s', 2, '--flush "0s" is out of range: give 1ms to 24h'],
      ['in.csv --from soon', 2, '--from "soon" is not a valid time: write it like 2021-10-23T12:32:45Z or 2021-10-23'],
      [
        'in.csv --until 3000-01-01',
        2,
        '--until "3000-01-01" is not a valid time, which must be in the years 1685 to 2255: write it like 2021-10-23T12:32:45Z or 2021-10-23',
      ],
      ['in.csv --from 2022-01-01T00:00Z --until 2021-01-01', 2, '--from "2022-01-01T00:00Z" is after --until "2021-01-01": exchange them'],
      [
        'in.csv --columns speed',
        2,
        '--columns "speed" is not PART=NAME, where PART is one of device, latitude, longitude, event, arrival, speed, zone',
      ],
      [
        'in.csv --columns device=',
        2,
        '--columns "device=" names no column: only the arrival, the speed and the zone may have none; --device NAME names the one device',
      ],
      ['in.csv --columns latitude=', 2, '--columns "latitude=" names no column: only the arrival, the speed and the zone may have none'],
      [
        'in.csv --columns device="imei',
        2,
        '--columns "device=\\"imei" has a quote that is not closed: close it, or write it twice within quotes',
      ],
      ['in.csv --device 7 --columns device=imei', 2, '--device "7" and --columns "device=imei": give one of them'],
      ['in.csv --device=', 2, '--device "" is not a name: give one, or --columns device=COLUMN'],
      ['in.csv --delimiter ab', 2, '--delimiter "ab" is not a separator: give one character, such as ; or |, or tab'],
      ['in.csv --decimal ;', 2, '--decimal ";" is not a decimal separator: give . or ,'],
      ['in.csv --skip all', 2, '--skip "all" is not a whole number: give one from 0 to 1000000'],
      ['in.csv --header=', 2, '--header "" names no column: give their names, separated by commas'],
      [
        'in.csv --encoding ebcdic',
        2,
        '--encoding "ebcdic" is not known: give one such as utf-8, windows-1252, utf-16le, shift_jis or gb18030',
      ],
      [
        'in.csv --layout strava',
        2,
        '--layout "strava" is not one of lastfix, movebank, aisdk, marinecadastre, opensky, gtfs-rt, hfp, owntracks, traccar, ' +
          'gpslogger, geolife, t-drive, gpx, nmea, and not the name of a file that ends in .json',
      ],
      ['in.csv --layout my.json', 1, 'cannot read my.json: no such file or directory (check the path)'],
      ['in.csv --keep driver', 1, '--keep "driver" is not an extra column of in.csv: check the name'],
      ['in.csv --skip 200', 1, 'in.csv has only 130 lines: --skip 200 leaves nothing'],
      ['in.csv --sync often', 2, '--sync "often" is not one of always, second, never'],
      ['in.csv --port 9000', 2, '--port is for serving: add --serve, or leave it out'],
      ['in.csv --stats=', 2, '--stats "" is not a file: name one'],
      ['in.csv --tmp=', 2, '--tmp "" is not a file: name one'],
      ['in.csv --nonsense', 2, 'there is no option --nonsense'],
      ['in.csv --ouput x.csv', 2, 'there is no option --ouput: did you mean --output?'],
      ['in.csv -x7', 2, 'there is no option -x'],
      ['in.csv -', 2, '- is standard input, which is played alone: leave the other inputs out'],
      ['in.csv none-*.csv', 1, 'no file matches none-*.csv: check the path'],
    ];
    for (const [args, status, message] of bad) {
      it(`should say what is wrong with: replay ${args}`, async () => {
        const files = ['in.csv', 'mine.csv', 'output/output_stream.csv'].map((name) => readFileSync(at(name), 'utf8'));
        const ended = await run(...args.split(' '));
        expect(ended.stderr).to.equal(`lastfix: ${message}\n${status === 2 ? 'See: lastfix replay --help\n' : ''}`);
        expect(ended).to.include({ status, stdout: '' });
        expect(['in.csv', 'mine.csv', 'output/output_stream.csv'].map((name) => readFileSync(at(name), 'utf8'))).to.deep.equal(files);
      });
    }
  });
});
