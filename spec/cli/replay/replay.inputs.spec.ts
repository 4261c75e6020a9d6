import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { logPaths } from '../../../src/log/paths.js';
import { eventually } from '../../support/eventually.js';
import { lastfix, MAIN } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const MINUTE = readFileSync(fixture('minute.csv'), 'utf8');
const EXPECTED = readFileSync(fixture('minute.expected/output_stream.csv'), 'utf8');

/** The same in arrival order: its times are all in UTC, and no two are equal. */
const ORDERED = (() => {
  const [header = '', ...rows] = MINUTE.trimEnd().split('\n');
  const arrival = (row: string) => row.split(',')[4]!.replace('Z', '').padEnd(26, '0');
  return [header, ...rows.sort((a, b) => (arrival(a) < arrival(b) ? -1 : 1))].map((line) => `${line}\n`).join('');
})();

describe('lastfix replay, its inputs', () => {
  const at = temporaryFolder();
  const run = (...args: readonly string[]) => lastfix(['replay', ...args, '--rate', 'max', '--output', 'log.csv'], at());
  const log = () => (existsSync(at('log.csv')) ? readFileSync(at('log.csv'), 'utf8') : '');
  /** Runs with a standard input that `feed` writes. */
  /** Tells by its fourth stream that a process listens to SIGINT. */
  const TELLING = `data:text/javascript,import{writeSync}from'node:fs';process.on('newListener',(name)=>{if(name==='SIGINT')writeSync(3,'.')})`;
  const piped = async (
    args: readonly string[],
    feed: (stdin: NodeJS.WritableStream, kill: () => void, listens: Promise<unknown>) => unknown,
  ) => {
    const child = spawn(process.execPath, ['--import', TELLING, MAIN, 'replay', '-', '--output', 'log.csv', ...args], {
      cwd: at(),
      timeout: 240_000,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    const listens = once(child.stdio[3]!, 'data');
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdin.on('error', () => undefined); // it may be closed before all was taken
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await feed(child.stdin, () => child.kill('SIGINT'), listens);
    return { status: await ended, stderr };
  };

  it('should play what gzip has packed, whatever it is called', async () => {
    writeFileSync(at('minute.csv.gz'), gzipSync(MINUTE));
    expect(await run('minute.csv.gz')).to.include({ status: 0 });
    expect(log()).to.equal(EXPECTED);
  });

  it('should play several files as one, and those that a pattern matches by their names', async () => {
    const [header = '', ...rows] = MINUTE.trimEnd().split('\n');
    mkdirSync(at('parts'));
    for (const [i, from] of [0, 40, 80].entries())
      writeFileSync(at(`parts/${i}.csv`), [header, ...rows.slice(from, i < 2 ? from + 40 : undefined)].join('\n'));
    expect(await run('parts/0.csv', 'parts/1.csv', 'parts/2.csv')).to.include({ status: 0 });
    expect(log()).to.equal(EXPECTED);
    const { status, stderr } = await run('parts/[0-9].csv', '--stats', 'report.json');
    expect(status).to.equal(0);
    expect(stderr).to.include(`playing parts/[0-9].csv (${rows.length} rows`);
    expect(log()).to.equal(EXPECTED);
    expect(await run('parts/*.csv', '--resume')).to.include({ status: 0 });
  });

  for (const [what, heap, rows] of [
    ['a row of eight million line breaks', 96, () => `7,99,2,2021-10-23T12:30:03Z,2021-10-23T12:30:04Z,"${'\n'.repeat(8_000_000)}"\n`],
    [
      'half a million ids of which none is that of a fix',
      64,
      () => Array.from({ length: 500_000 }, (_, i) => `${i},99,2,2021-10-23T12:30:03Z,2021-10-23T12:30:04Z,\n`).join(''),
    ],
  ] as const) {
    it(`should hold little of ${what}`, async () => {
      writeFileSync(at('odd.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows()}`);
      const little = { env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${heap}` } };
      const { stderr } = await lastfix(['replay', 'odd.csv', '--rate', 'max', '--output', 'log.csv'], at(), undefined, little);
      expect(stderr).to.match(/^rejected +[1-9]/m);
    });
  }

  it('should name some of many inputs to people, and all of them in the report', async () => {
    mkdirSync(at('many'));
    const names = Array.from({ length: 12 }, (_, i) => `many/${i}.csv`);
    for (const name of names) writeFileSync(at(name), MINUTE);
    const some = 'many/0.csv, many/1.csv, many/2.csv, many/3.csv and 8 more';
    expect((await run(...names, '--stats', 'many.json')).stderr).to.include(`lastfix: playing ${some} (1,548 rows, `);
    expect(JSON.parse(readFileSync(at('many.json'), 'utf8'))).to.have.property('input', names.join(', '));
    expect((await lastfix(['check', ...names], at())).stdout).to.match(new RegExp(`^recording +${some}\n`));
  });

  it('should never write over any of its inputs', async () => {
    writeFileSync(at('safe.csv'), MINUTE);
    const { status, stderr } = await lastfix(['replay', fixture('minute.csv'), 'safe.csv', '--rate', 'max', '--output', 'safe.csv'], at());
    expect([status, stderr]).to.deep.equal([1, 'lastfix: safe.csv is the input, which is never overwritten: choose another --output\n']);
  });

  describe('standard input that is a file', () => {
    const OF_A_LOG = ['--columns', 'arrival=time,device=device_id,latitude=lat,longitude=lon,event=event_time'];
    let count = 0;
    /** Runs with a file as its standard input, in a folder that has that file alone. */
    const fed = (name: string, text: string, args: readonly string[]) => {
      writeFileSync(at(String(count), name), text);
      const stdin = openSync(at(String(count), name), 'r');
      const { status, stderr } = spawnSync(process.execPath, [MAIN, 'replay', ...args, '--rate', 'max'], {
        cwd: at(String(count)),
        encoding: 'utf8',
        stdio: [stdin, 'ignore', 'pipe'],
        timeout: 240_000,
      });
      closeSync(stdin);
      expect(readFileSync(at(String(count), name), 'utf8')).to.equal(text);
      return { status, stderr };
    };
    beforeEach(() => { mkdirSync(at(String(++count))); });

    for (const input of ['-', '/dev/stdin']) {
      for (const [kind, path] of Object.entries(logPaths('o.csv'))) {
        const text = kind === 'changes' ? EXPECTED : ORDERED;
        for (const resume of kind === 'changes' ? [[], ['--resume']] : [[]]) {
          it(`should not be replaced by what it makes: replay ${[input, ...resume].join(' ')} < ${path}`, () => {
            const { status, stderr } = fed(path, text, [input, '--output', 'o.csv', ...(text === ORDERED ? [] : OF_A_LOG), ...resume]);
            expect([status, stderr]).to.deep.equal([
              1,
              `lastfix: ${path} is the input, which is never overwritten: choose another --output\n`,
            ]);
            expect(readdirSync(at(String(count)))).to.deep.equal([path]);
          });
        }
      }

      it(`should not be replaced by the report: replay ${input} --stats report.json < report.json`, () => {
        const { status, stderr } = fed('report.json', ORDERED, [input, '--output', 'o.csv', '--stats', 'report.json']);
        expect([status, stderr]).to.deep.equal([1, 'lastfix: report.json is a file of the run itself: name another with --stats\n']);
      });

      it(`should not be replaced under another name: replay ${input}`, () => {
        writeFileSync(at(String(count), 'in.csv'), '');
        linkSync(at(String(count), 'in.csv'), at(String(count), 'hard.csv'));
        symlinkSync('in.csv', at(String(count), 'soft.csv'));
        for (const output of ['hard.csv', 'soft.csv']) {
          expect(fed('in.csv', EXPECTED, [input, '--output', output, ...OF_A_LOG]))
            .to.include({ status: 1 })
            .and.have.property('stderr')
            .that.includes('in.csv is the input, which is never overwritten'.slice(output === 'hard.csv' ? 'in.csv '.length : 0));
        }
      });
    }
  });

  it('should play standard input as it comes, and count what is out of order', async () => {
    const row = (second: number) => `a,1,2,2021-10-23T12:00:0${second}Z,2021-10-23T12:00:0${second}Z,\n`;
    const { status, stderr } = await piped(['--rate', 'max', '--flush', '10ms', '--stats', 'report.json'], async (stdin) => {
      stdin.write(`device_fk_id,latitude,longitude,time_stamp,sts,speed\nno fix\n${row(1)}${row(2).slice(0, 20)}`);
      await eventually(() => log().includes('12:00:01.000000Z,a'));
      expect(readFileSync(at('log.rejected.csv'), 'utf8')).to.include('no fix');
      stdin.write(row(2).slice(20) + row(5) + row(4));
      await eventually(() => readFileSync(at('log.late.csv'), 'utf8').includes('12:00:04'));
      stdin.end(row(6));
    });
    expect(stderr).to.include('playing standard input as it is read into log.csv');
    const said =
      '\nlastfix: standard input is not in arrival order, and is played as it arrives: save it to a file and name that, and it is sorted\n';
    expect(stderr.split(said)).to.have.length(2);
    expect(status).to.equal(0);
    expect(
      log()
        .split('\n')
        .slice(1, -1)
        .map((text) => text.slice(11, 19)),
    ).to.deep.equal(['12:00:01', '12:00:02', '12:00:05', '12:00:06']);
    expect(JSON.parse(readFileSync(at('report.json'), 'utf8'))).to.include({
      rows: 6,
      rejected: 1,
      out_of_order: 1,
      changes: 4,
      late: 1,
      not_played: 0,
    });
  });

  it('should end with what it has when it is interrupted while standard input says nothing', async () => {
    const { status, stderr } = await piped(['--rate', 'max', '--flush', '10ms'], async (stdin, kill) => {
      rmSync(at('log.csv'), { force: true }); // what an earlier run left
      stdin.write(ORDERED);
      await eventually(() => log() === EXPECTED);
      kill();
    });
    expect(stderr).to.include('interrupted');
    expect(status).to.equal(130);
    expect(log()).to.equal(EXPECTED);
  });

  it('should end when it is interrupted before standard input says anything', async () => {
    const { status, stderr } = await piped([], async (_, kill, listens) => {
      await listens;
      kill();
    });
    expect([status, stderr]).to.deep.equal([130, 'lastfix: interrupted while reading: nothing was written\n']);
  });

  it('should read a recording whatever its extra columns are called, and say what the log calls them', async () => {
    const row = '7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3';
    writeFileSync(at('names.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed,lat,note,note,\n${row},a,b,c,d\n`);
    const said =
      'lastfix: reading names.csv: columns get other names in the log: "lat" is "lat_2", "note" is "note_2", "" is "column_10"\n';
    for (const args of [[], ['--in-order']]) {
      const { status, stderr } = await run('names.csv', ...args);
      expect([status, stderr.includes(said)]).to.deep.equal([0, true]);
      expect(log()).to.equal(
        'time,device_id,lat,lon,speed,event_time,lat_2,note,note_2,column_10\n2021-10-23T12:00:01.000000Z,7,1,2,3,2021-10-23T12:00:00.000000Z,a,b,c,d\n',
      );
      expect((await lastfix(['query', '7', '--output', 'log.csv', '--format', 'json'], at())).stdout).to.include(
        '"lat_2":"a","note":"b","note_2":"c","column_10":"d"',
      );
    }
    const { stdout } = await lastfix(['check', 'names.csv'], at());
    expect(stdout).to.include(
      '\nextra columns     lat_2 (in the recording "lat"), note, note_2 (in the recording "note"), column_10 (in the recording "")\n',
    );
    expect(JSON.parse((await lastfix(['check', 'names.csv', '--format', 'json'], at())).stdout)).to.deep.include({
      extra_columns: ['lat_2', 'note', 'note_2', 'column_10'],
      renamed_columns: { lat_2: 'lat', note_2: 'note', column_10: '' },
    });
    writeFileSync(at('many.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed,${Array(12).fill('x').join()}\n`);
    expect((await run('many.csv')).stderr).to.include('"x" is "x_9", and 3 more\n');
  });

  it('should stream a file that is said to be in order', async () => {
    writeFileSync(at('ordered.csv'), ORDERED);
    const { status, stderr } = await run('ordered.csv', '--in-order');
    expect(status).to.equal(0);
    expect(stderr)
      .to.include('playing ordered.csv as it is read into log.csv')
      .and.not.to.include('out of order')
      .and.not.to.include('not in arrival order');
    expect(log()).to.equal(EXPECTED);
  });
});
