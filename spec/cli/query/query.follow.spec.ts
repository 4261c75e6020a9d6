import { appendFileSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from '../../support/eventually.js';
import { lastfix, says, type Ended } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const MINUTE = fileURLToPath(new URL('../../../../fixtures/minute.csv', import.meta.url));
const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
/** A row of a log, at a second of a minute. */
const row = (device: string, second: number) => {
  const time = `2021-10-23T12:30:${String(second).padStart(2, '0')}.000000Z`;
  return `${time},${device},1,2,,${time}\n`;
};
const lines = (text: string) => text.split('\n').slice(0, -1);

describe('lastfix query --follow', () => {
  const at = temporaryFolder();
  let count = 0;
  /** A log of its own with these rows. */
  const log = (...rows: readonly string[]) => {
    const name = `${++count}.csv`;
    writeFileSync(at(name), HEADER + rows.join(''));
    return name;
  };
  /** Follows until `meanwhile` is through, then Ctrl-C; it is told what has been printed. */
  const follow = (
    args: readonly string[],
    meanwhile: (printed: () => string, child: ChildProcess) => unknown,
    signal?: NodeJS.Signals | null,
  ): Promise<Ended> =>
    lastfix(['query', '--follow', ...args], at(), async (child) => {
      let printed = '';
      child.stdout!.on('data', (text: string) => (printed += text));
      await meanwhile(() => printed, child);
      if (signal !== null) child.kill(signal ?? 'SIGINT');
    });
  const printedOnce = (printed: () => string, text: string) => eventually(() => printed().endsWith(text));

  it('should print what is known of all, by their ids, then every change, until Ctrl-C, with status 0', async () => {
    const name = log(row('b', 1), row('a', 2), row('b', 3));
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed) => {
      await printedOnce(printed, row('b', 3));
      appendFileSync(at(name), row('c', 4) + row('a', 5));
      await printedOnce(printed, row('a', 5));
      appendFileSync(at(name), row('a', 6));
      await printedOnce(printed, row('a', 6));
    });
    expect(ended).to.deep.equal({
      status: 0,
      signal: null,
      stderr: '',
      stdout: [HEADER, row('a', 2), row('b', 3), row('c', 4), row('a', 5), row('a', 6)].join(''),
    });
  });

  it('should print the changes of one device only', async () => {
    const name = log(row('b', 1), row('a', 2));
    const ended = await follow(['a', '--output', name, '--format', 'csv'], async (printed) => {
      await printedOnce(printed, row('a', 2));
      appendFileSync(at(name), row('b', 3) + row('a', 4) + row('b', 5));
      await printedOnce(printed, row('a', 4));
    });
    expect(ended).to.include({ status: 0, stdout: HEADER + row('a', 2) + row('a', 4) });
  });

  it('should wait for a device that is not known yet', async () => {
    const name = log(row('b', 1));
    const ended = await follow(['a', '--output', name, '--format', 'csv'], async (printed, child) => {
      await says(child, /waiting for it/);
      appendFileSync(at(name), row('a', 4));
      await printedOnce(printed, row('a', 4));
    });
    expect(ended).to.include({
      status: 0,
      stdout: HEADER + row('a', 4),
      stderr: 'lastfix: unknown device "a": 3.csv knows "b"; waiting for it\n',
    });
  });

  for (const format of ['table', 'json', 'csv', 'geojson']) {
    it(`should have status 1 when it is interrupted before it could print any ${format}`, async () => {
      const name = log();
      const ended = await follow(
        ['--all', '--output', name, '--format', format],
        () => eventually(() => existsSync(at(`${name}.index`))),
        format === 'csv' ? 'SIGTERM' : 'SIGINT',
      );
      expect(ended).to.deep.equal({ status: 1, signal: null, stdout: '', stderr: '' });
    });
  }

  it('should not print half a line, but the whole when it is there', async () => {
    const name = log(row('a', 1));
    const half = row('a', 3);
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed) => {
      await printedOnce(printed, row('a', 1));
      appendFileSync(at(name), row('b', 2) + half.slice(0, 50));
      await printedOnce(printed, row('b', 2));
      appendFileSync(at(name), half.slice(50, -1));
      appendFileSync(at(name), `\n${row('b', 4)}`);
      await printedOnce(printed, row('b', 4));
    });
    expect(ended).to.include({ status: 0, stdout: HEADER + row('a', 1) + row('b', 2) + half + row('b', 4) });
  });

  it('should print each change of a run while it is written, and no late fix', async () => {
    const run = ['replay', MINUTE, '--flush', '5ms', '--quiet', '--output', 'live.csv'];
    await lastfix([...run, '--from', '2021-10-23T12:30:20Z', '--rate', '0.0000001'], at(), async (first) => {
      await eventually(() => existsSync(at('live.csv')) && statSync(at('live.csv')).size > 500);
      first.kill('SIGINT'); // goes on when it is followed
    });
    const ended = await follow(['--all', '--output', 'live.csv', '--format', 'csv'], async (printed) => {
      await eventually(() => printed() !== '');
      expect(await lastfix([...run, '--rate', '60', '--resume'], at())).to.include({ status: 0 });
      await printedOnce(printed, readFileSync(at('live.csv'), 'utf8').slice(-100));
    });
    expect(statSync(at('live.late.csv')).size).to.be.greaterThan(1000);
    const changes = lines(readFileSync(at('live.csv'), 'utf8'));
    const [header, ...printed] = lines(ended.stdout);
    expect(header).to.equal(changes[0]);
    const known = printed.findIndex((_, i) => changes.join('\n').endsWith(printed.slice(i).join('\n')));
    expect(known).to.be.within(0, 4);
    for (const line of printed.slice(0, known)) expect(changes).to.include(line);
    expect(printed.length - known).to.be.greaterThan(20);
  });

  it('should follow a new run that takes the place of the log, from its first change on, and say so', async () => {
    const name = log(row('a', 1));
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed) => {
      await printedOnce(printed, row('a', 1));
      expect(await lastfix(['replay', MINUTE, '--rate', 'max', '--quiet', '--output', name], at())).to.include({ status: 0 });
      await printedOnce(printed, readFileSync(at(name), 'utf8').slice(-100));
    });
    expect(ended).to.include({ status: 0, stderr: `lastfix: another log has replaced ${name}: following that\n` });
    expect(ended.stdout).to.equal(HEADER + row('a', 1) + readFileSync(at(name), 'utf8').slice(HEADER.length));
  });

  /** Follows a log that `replace` puts another in the place of, which is longer. */
  const followReplaced = async (replace: (name: string, other: string, child: ChildProcess) => unknown) => {
    const name = log(row('a', 1), row('a', 2));
    const other = [row('b', 1), row('b', 2), row('b', 3)].join('');
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed, child) => {
      await printedOnce(printed, row('a', 2));
      await replace(name, other, child);
      await printedOnce(printed, row('b', 3));
    });
    expect(ended.stdout).to.equal(HEADER + row('a', 2) + other);
    expect(ended).to.include({ status: 0, stderr: `lastfix: another log has replaced ${name}: following that\n` });
  };

  it('should notice that another log was copied over it', () =>
    followReplaced((name, other) => {
      writeFileSync(at(name), HEADER + other);
    }));

  it('should notice that it was replaced twice, though the system gave the last the number of the first', () =>
    followReplaced((name, other, child) => {
      const { ino } = statSync(at(name));
      child.kill('SIGSTOP');
      for (let i = 0; i === 0 || (i < 200 && statSync(at(name)).ino !== ino); i++) {
        writeFileSync(at('draft.csv'), HEADER + other);
        renameSync(at('draft.csv'), at(name));
      }
      child.kill('SIGCONT');
    }));

  it('should start again when the log was cut', async () => {
    const name = log(row('a', 1), row('a', 2));
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed, child) => {
      await printedOnce(printed, row('a', 2));
      const said = says(child, /replaced/);
      writeFileSync(at(name), HEADER);
      await said;
      appendFileSync(at(name), row('b', 3));
      await printedOnce(printed, row('b', 3));
    });
    expect(ended).to.include({ status: 0, stdout: HEADER + row('a', 2) + row('b', 3) });
  });

  it('should write a new header when the log that takes its place has other columns', async () => {
    const name = log(row('a', 1));
    const other = HEADER.replace('\n', ',fuel\n') + row('c', 4).replace('\n', ',77\n');
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed) => {
      await printedOnce(printed, row('a', 1));
      writeFileSync(at('other'), other);
      renameSync(at('other'), at(name));
      await printedOnce(printed, other);
    });
    expect(ended).to.include({ status: 0, stdout: HEADER + row('a', 1) + other });
  });

  it('should wait for the end of a header that is half written', async () => {
    const name = log(row('a', 1));
    const ended = await follow(['--all', '--output', name, '--format', 'csv'], async (printed, child) => {
      await printedOnce(printed, row('a', 1));
      const said = says(child, /replaced/);
      writeFileSync(at(name), HEADER.slice(0, 20));
      await said;
      appendFileSync(at(name), HEADER.slice(20) + row('b', 3));
      await printedOnce(printed, row('b', 3));
    });
    expect(ended).to.include({ status: 0, stdout: HEADER + row('a', 1) + row('b', 3) });
  });

  it('should write each format as it comes: a header once, or an object a line', async () => {
    const name = log(row('a', 1));
    const args = (format: string) => ['--all', '--output', name, '--format', format];
    const [table, json, geojson] = await Promise.all(
      ['table', 'json', 'geojson'].map((format) =>
        follow(args(format), async (printed) => {
          await eventually(() => printed().includes('12:30:01'));
          if (!readFileSync(at(name), 'utf8').includes('b,')) appendFileSync(at(name), row('b', 2));
          await eventually(() => printed().includes('12:30:02'));
        }),
      ),
    );
    expect(lines(table!.stdout).map((line) => line.split(/ {2,}/))).to.deep.equal([
      ['device', 'event time', 'arrived', 'latitude', 'longitude', 'speed'],
      ...['a', 'b'].map((device, i) => [device, ...Array.from({ length: 2 }, () => `2021-10-23T12:30:0${i + 1}.000000Z`), '1', '2', '-']),
    ]);
    const told = ['a', 'b'].map((device_id, i) => ({
      time: `2021-10-23T12:30:0${i + 1}.000000Z`,
      device_id,
      speed: null,
      event_time: `2021-10-23T12:30:0${i + 1}.000000Z`,
    }));
    expect(lines(json!.stdout).map((line) => JSON.parse(line) as unknown)).to.deep.equal(
      told.map((properties) => ({ ...properties, lat: 1, lon: 2 })),
    );
    expect(lines(geojson!.stdout).map((line) => JSON.parse(line) as unknown)).to.deep.equal(
      told.map((properties) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [2, 1] }, properties })),
    );
  });

  it('should end quietly when its reader has seen enough', async () => {
    const name = log(row('a', 1));
    const ended = await follow(['--all', '--output', name], async (printed, child) => {
      await eventually(() => printed().includes('12:30:01'));
      child.stdout!.destroy();
      appendFileSync(at(name), row('a', 2));
    }, null);
    expect(ended).to.include({ status: 0, signal: null, stderr: '' });
  });

  it('should explain, at the end, what was read', async () => {
    const name = log(row('a', 1));
    const { stderr } = await follow(['a', '--output', name, '--explain'], (printed) => eventually(() => printed() !== ''));
    expect(stderr).to.match(/^index {14}/);
  });

  for (const [what, harm, words] of [
    ['there is no log', undefined, /^lastfix: no log missing.csv: make one/],
    [
      'the log is taken away',
      (name: string) => {
        rmSync(at(name));
      },
      /^lastfix: no log \d+.csv: make one/,
    ],
    [
      'a broken row is appended',
      (name: string) => {
        appendFileSync(at(name), 'x\n');
      },
      /^lastfix: \d+.csv: after byte \d+: 1 column instead of 6: lastfix did not write this; make the log anew with lastfix replay\n$/,
    ],
    [
      'another file takes its place',
      (name: string) => {
        copyFileSync(MINUTE, at('foreign.csv'));
        renameSync(at('foreign.csv'), at(name));
      },
      /\nlastfix: \d+.csv: this is not a log that lastfix wrote: its header is /,
    ],
  ] as const) {
    it(`should fail with status 2 and a clear line when ${what}`, async () => {
      const name = harm ? log(row('a', 1)) : 'missing.csv';
      const { status, stderr } = await follow(
        ['--all', '--output', name],
        async (printed) => {
          if (!harm) return;
          await eventually(() => printed() !== '');
          harm(name);
        },
        null,
      );
      expect(stderr).to.match(words);
      expect(status).to.equal(2);
    });
  }
});
