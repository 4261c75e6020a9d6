import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { logPaths } from '../../../src/index.js';
import { formatRow } from '../../../src/csv/formatRow.js';
import { logFields } from '../../../src/log/rows.js';
import type { Report } from '../../../src/report/report.js';
import { eventually } from '../../support/eventually.js';
import { readLog } from '../../support/readLog.js';
import { lastfix, says } from '../../support/lastfix.js';
import { playFile } from '../../support/playFile.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const expected = (name: string) => readFileSync(fixture(`minute.expected/${name}`), 'utf8');
const MINUTE = fixture('minute.csv');
const WHOLE = {
  changes: expected('output_stream.csv'),
  late: expected('output_stream.late.csv'),
  rejected: expected('output_stream.rejected.csv'),
};
const KINDS = ['changes', 'late', 'rejected'] as const;
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';

/** Plays a third of the minute at once, and then for so long that whatever else the machine does it is met while it plays. */
const LONG = ['--from', '2021-10-23T12:30:20Z', '--rate', '2', '--flush', '5ms'];

/**
 * Plays more than half of the minute at once, up to between two changes of one device and second, and then so slowly
 * that nothing more comes.
 */
const HALF = ['--from', '2021-10-23T12:30:39.656Z', '--rate', '0.0000001', '--flush', '5ms'];

describe('lastfix replay --resume', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(['replay', ...args], at());
  const sizeOf = (path: string) => statSync(at(path), { throwIfNoEntry: false })?.size ?? 0;
  const stats = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as Report;
  const kill = (child: ChildProcess) => child.kill('SIGKILL');

  /** The texts of the three files. */
  const rows = (output: string) => {
    const paths = logPaths(at(output));
    const text = (path: string) => readFileSync(path, 'utf8');
    return { changes: text(paths.changes), late: text(paths.late), rejected: text(paths.rejected) };
  };
  /** Everything in a folder but the indexes, which any run makes anew, and when it was written. */
  const state = (folder: string) =>
    readdirSync(at(folder))
      .filter((name) => !name.endsWith('.index'))
      .map((name) => [name, statSync(at(folder, name)).mtimeMs, readFileSync(at(folder, name), 'utf8')]);

  /** Plays `HALF` of the minute, and then ends the run in some way. */
  const half = (output: string, end: (child: ChildProcess) => unknown = kill, ...args: string[]) =>
    lastfix(['replay', MINUTE, ...HALF, ...args, '--output', output], at(), async (child) => {
      await eventually(() =>
        [output, logPaths(output).late].every((path) => sizeOf(path) > 1000 && readFileSync(at(path), 'utf8').endsWith('\n')),
      ); // not amid a write
      await end(child);
    });
  const resume = (output: string, ...args: string[]) => run(MINUTE, '--resume', '--rate', '600', '--output', output, ...args);

  function expectBeginning(output: string, whole: typeof WHOLE): void {
    const now = rows(output);
    for (const kind of KINDS) expect(whole[kind].startsWith(now[kind]), `${kind}: ${now[kind]}`).to.equal(true);
  }

  before(async () => {
    await lastfix(['generate', '--devices', '40', '--duration', '2m', '--output', 'busy.csv'], at());
    await half('half/log.csv');
    await run(MINUTE, '--rate', 'max', '--output', 'finished/log.csv');
  });

  it('should go on where a run was killed, at another rate, and end as if it had not been', async () => {
    const { signal } = await lastfix(
      ['replay', MINUTE, ...LONG, '--output', 'killed/log.csv'],
      at(),
      async (child) => {
        await eventually(() => sizeOf('killed/log.csv') > 500);
        child.kill('SIGKILL');
      },
    );
    expect(signal).to.equal('SIGKILL');
    expectBeginning('killed/log.csv', WHOLE);
    const { status, stderr } = await resume('killed/log.csv', '--stats', 'stats.json');
    expect(status).to.equal(0);
    expect(stderr).to.match(
      /^lastfix: resuming the run in killed\/log.csv, which holds what arrived until (\S+)\nlastfix: playing .*\n(.*\n)*resumed at +\1\n/,
    );
    expect(stderr).to.include(`until ${stats().resumed_at!}\n`);
    expect(rows('killed/log.csv')).to.deep.equal(WHOLE);
    expect(existsSync(at('killed/log.csv.lock'))).to.equal(false);
  });

  const coalesced = ['--coalesce'];
  for (const [signal, args] of [['SIGINT', []], ['SIGTERM', []], ['SIGHUP', []], ['SIGINT', coalesced]] as const) {
    it(`should go on after ${[signal, ...args].join(', with ')}`, async () => {
      const output = `${[signal, ...args].join('')}/log.csv`;
      const whole = await playFile(MINUTE, at('whole.csv'), { coalesce: args.length > 0 });
      const { status, stderr } = await half(output, (child) => child.kill(signal), ...args);
      expect(status).to.equal(130);
      expect(stderr).to.match(/\nlastfix: interrupted: the same command with --resume goes on from here\n$/);
      expect(existsSync(logPaths(at(output)).lock)).to.equal(false);
      expectBeginning(output, whole);
      expect(await resume(output, ...args)).to.include({ status: 0 });
      expect(rows(output)).to.deep.equal(whole);
    });
  }

  for (const args of [[], coalesced]) {
    it(`should go on after ${['a second signal ended it at once', ...args].join(', with ')}`, async () => {
      const output = `${['twice', ...args].join('')}/log.csv`;
      const whole = await playFile(MINUTE, at('whole.csv'), { coalesce: args.length > 0 });
      const ended = await half(output, (child) => {
        for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal); // two of one kind may count as one
      }, ...args);
      expect(ended.signal).to.equal('SIGINT');
      expect(ended.stderr).not.to.include('interrupted');
      expectBeginning(output, whole);
      expect(await resume(output, ...args)).to.include({ status: 0 });
      expect(rows(output)).to.deep.equal(whole);
    });
  }

  it('should go on in stream time, and count only what it played', async () => {
    const fix = (hour: string) => `a,1,1,2021-10-23T${hour}:00:00Z,2021-10-23T${hour}:00:00Z,1`;
    writeFileSync(at('hours.csv'), `${[HEADER, fix('00'), fix('01'), fix('02')].join('\n')}\n`);
    await lastfix(
      ['replay', 'hours.csv', '--from', '2021-10-23T01:00:00Z', '--rate', '0.0000001', '--flush', '5ms', '--output', 'hours/log.csv'],
      at(),
      async (child) => {
        await eventually(() => sizeOf('hours/log.csv.run.json') > 0 && rows('hours/log.csv').changes.includes('T01:00'));
        child.kill('SIGKILL');
      },
    );
    expect(await run('hours.csv', '--resume', '--rate', '7200', '--output', 'hours/log.csv', '--stats', 'stats.json')).to.include({
      status: 0,
    });
    expect(stats()).to.include({ resumed_at: '2021-10-23T01:00:00.000000Z', stream_seconds: 3600, changes: 3 });
    expect(stats().wall_seconds).to.be.at.least(0.499);
    expect(rows('hours/log.csv').changes).to.match(/^time,.*\n.*T00:.*\n.*T01:.*\n.*T02:.*\n$/);
  });

  it('should not take a line of a note for a row, when it looks where to go on', async () => {
    const note = '"a note:\n2021-10-23T12:59:00.000000Z, it says"';
    const fixes = [0, 1, 2].map((second) => `7,1,1,2021-10-23T12:00:0${second}Z,2021-10-23T12:00:0${second}.5Z,0,${note}`);
    writeFileSync(at('notes.csv'), `${HEADER},note\n${fixes.join('\n')}\n`);
    await run('notes.csv', '--rate', 'max', '--output', 'notes/log.csv');
    const whole = rows('notes/log.csv');
    truncateSync(at('notes/log.csv'), whole.changes.indexOf('2021-10-23T12:00:02'));
    const { status } = await run('notes.csv', '--resume', '--rate', '100', '--output', 'notes/log.csv', '--stats', 'stats.json');
    expect([status, stats().resumed_at]).to.deep.equal([0, '2021-10-23T12:00:01.500000Z']);
    expect(rows('notes/log.csv')).to.deep.equal(whole);
  });

  it('should begin at the beginning, and say so, when there is nothing to resume', async () => {
    const { status, stderr } = await resume('new/log.csv', '--stats', 'stats.json');
    expect(status).to.equal(0);
    expect(stderr).to.match(/^lastfix: no run to resume in new\/log.csv: starting one\n/);
    expect(stats().resumed_at).to.equal(null);
    expect(rows('new/log.csv')).to.deep.equal(WHOLE);
  });

  it('should touch nothing, and say so, when the run is finished', async () => {
    const before = state('finished');
    const { status, stderr } = await resume('finished/log.csv', '--rate', '1');
    expect(status).to.equal(0);
    expect(stderr).to.match(
      /^lastfix: the run in finished\/log.csv is finished: checking that it is whole\nlastfix: playing .*\nlastfix: nothing was missing, and nothing was written\n$/,
    );
    expect(state('finished')).to.deep.equal(before);
  });

  it('should go on with the same input by another name, and other options that change no row', async () => {
    cpSync(at('half'), at('other'), { recursive: true });
    copyFileSync(MINUTE, at('moved.csv'));
    const { status } = await run(
      'moved.csv',
      '--resume',
      '--rate',
      '100',
      '--max-gap',
      '2s',
      '--from',
      '2021-10-23T12:30:40Z',
      '--flush',
      '7ms',
      '--sync',
      'never',
      '--output',
      'other/log.csv',
    );
    expect(status).to.equal(0);
    expect(rows('other/log.csv')).to.deep.equal(WHOLE);
  });

  describe('given something else than before', () => {
    before(async () => {
      await half('mine/log.csv', (child) => child.kill('SIGINT'));
      const text = readFileSync(MINUTE, 'utf8');
      writeFileSync(at('byte.csv'), text.replace(',0\n', ',1\n'));
      writeFileSync(at('more.csv'), `${text}\n`);
    });

    const others: readonly (readonly [args: string, differs: string])[] = [
      ['byte.csv', 'the input is another, or was changed'],
      ['more.csv', 'the input is another, or was changed'],
      [
        `${MINUTE} --columns latitude=longitude,longitude=latitude`,
        'the column of latitude was "latitude" and is "longitude"; the column of longitude was "longitude" and is "latitude"',
      ],
      [`${MINUTE} --until 2021-10-23T12:30:50Z`, '--until was not given and is 2021-10-23T12:30:50.000000Z'],
      [`${MINUTE} --coalesce`, '--coalesce was not given and is given'],
      [`${MINUTE} --max-clock-ahead 1h`, '--max-clock-ahead was 24h and is 1h'],
    ];
    for (const [args, differs] of others) {
      it(`should refuse, name what differs and change nothing: ${args.replace(MINUTE, 'minute.csv')}`, async () => {
        const before = state('mine');
        const { status, stderr } = await run(...args.split(' '), '--resume', '--output', 'mine/log.csv');
        expect(status).to.equal(1);
        expect(stderr).to.equal(
          `lastfix: cannot resume mine/log.csv: ${differs}: give it the input and the options that it was begun with, or start anew without --resume\n`,
        );
        expect(state('mine')).to.deep.equal(before);
      });
    }
  });

  describe('given files that were changed since', () => {
    /** What a run left, under a name of its own. */
    function copy(of: 'half' | 'finished', name: string): string {
      cpSync(at(of), at(name), { recursive: true });
      rmSync(at(name, 'log.csv.lock'), { force: true });
      return `${name}/log.csv`;
    }

    it('should refuse, and show the row, when one was edited', async () => {
      for (const of of ['half', 'finished'] as const) {
        const output = copy(of, `edited-${of}`);
        writeFileSync(at(output), rows(output).changes.replace(',11560,', ',11561,'));
        const before = state(`edited-${of}`);
        const { status, stderr } = await resume(output);
        expect(status).to.equal(1);
        expect(stderr).to.match(
          /\nlastfix: edited-\w+\/log.csv holds the row "2021[^"]*,11561,[^"]*" where this run writes "2021[^"]*,11560,[^"]*": it was changed since; restore it, or start anew without --resume\n$/,
        );
        expect(state(`edited-${of}`)).to.deep.equal(before);
      }
    });

    it('should refuse when rows were added at the end', async () => {
      for (const [of, reason] of [
        ['half', 'holds the row "a row of mine" where this run writes "2021'],
        ['finished', 'holds 14 bytes after the last row'],
      ] as const) {
        const output = copy(of, `added-${of}`);
        appendFileSync(at(output), 'a row of mine\n');
        const before = state(`added-${of}`);
        const { status, stderr } = await resume(output);
        expect(status).to.equal(1);
        expect(stderr).to.include(`\nlastfix: added-${of}/log.csv ${reason}`);
        expect(state(`added-${of}`)).to.deep.equal(before);
      }
    });

    it('should restore a file that was deleted', async () => {
      for (const [of, kind] of [['half', 'changes'], ['half', 'late'], ['half', 'rejected'], ['finished', 'changes']] as const) {
        const output = copy(of, `without-${kind}-${of}`);
        rmSync(logPaths(at(output))[kind]);
        expect(await resume(output)).to.include({ status: 0 });
        expect(rows(output)).to.deep.equal(WHOLE);
      }
    });

    it('should put a row right that is torn within a field of several lines', async () => {
      const [header = '', ...fixes] = readFileSync(MINUTE, 'utf8').trimEnd().split('\n');
      writeFileSync(at('notes.csv'), [`${header},note`, ...fixes.map((row) => `${row},"two\nlines, ""quoted"""`)].join('\n'));
      const whole = await playFile(at('notes.csv'), at('whole.csv'));
      await lastfix(['replay', 'notes.csv', ...HALF, '--output', 'notes/log.csv'], at(), async (child) => {
        await eventually(() => sizeOf('notes/log.csv') > 1000);
        child.kill('SIGKILL');
      });
      for (const torn of ['"two', '"two\n', '"two\nlines, "']) {
        cpSync(at('notes'), at('torn'), { recursive: true });
        truncateSync(at('torn/log.csv'), readFileSync(at('torn/log.csv')).lastIndexOf('"two\n') + torn.length);
        expect(await run('notes.csv', '--resume', '--rate', '600', '--output', 'torn/log.csv')).to.include({ status: 0 });
        expect(rows('torn/log.csv')).to.deep.equal(whole);
      }
    });

    it('should leave a lock alone that is not its own, and run all the same', async () => {
      mkdirSync(at('foreign'));
      writeFileSync(at('foreign/log.csv.lock'), 'mine\n');
      for (const again of [[], ['--resume']])
        expect(await run(MINUTE, '--rate', 'max', '--output', 'foreign/log.csv', ...again)).to.include({ status: 0 });
      expect(readFileSync(at('foreign/log.csv.lock'), 'utf8')).to.equal('mine\n');
      expect(rows('foreign/log.csv')).to.deep.equal(WHOLE);
    });

    it('should leave a run file alone that is not its own', async () => {
      mkdirSync(at('foreign-run'));
      writeFileSync(at('foreign-run/log.csv.run.json'), '{"my": "own"}\n');
      const before = state('foreign-run');
      for (const again of [[], ['--resume']]) {
        const { status, stderr } = await run(MINUTE, '--rate', 'max', '--output', 'foreign-run/log.csv', ...again);
        expect([status, stderr]).to.deep.equal([
          1,
          'lastfix: foreign-run/log.csv.run.json was not written by lastfix, or not by this version: move it away, or choose another --output\n',
        ]);
        expect(state('foreign-run')).to.deep.equal(before);
      }
    });
  });

  describe('beside others', () => {
    /** The user that owns nothing, if runs can be started as it. */
    let nobody: { uid: number; gid: number } | undefined;
    before(async () => {
      if (process.getuid?.() !== 0) return;
      chmodSync(at(), 0o755);
      const somebody = { uid: 65534, gid: 65534 };
      const { status } = await lastfix(['--version'], at(), undefined, somebody).catch(() => ({ status: null }));
      if (status === 0) nobody = somebody; // it may read this program
    });

    it('should refuse a second run while the first lives, which goes on unharmed', async () => {
      const args = ['replay', 'busy.csv', '--output', 'one/log.csv'];
      const first = await lastfix([...args, '--flush', '5ms'], at(), async (child) => {
        await eventually(() => sizeOf('one/log.csv') > 500);
        for (const again of [[], ['--resume']]) {
          const { status, stderr } = await lastfix([...args, '--rate', 'max', ...again], at());
          expect(status).to.equal(1);
          expect(stderr).to.match(
            new RegExp(
              `^lastfix: one/log.csv.lock: process ${child.pid!} on \\S+ is writing this log: wait until it ends, or choose another --output\n$`,
            ),
          );
        }
        const size = sizeOf('one/log.csv');
        await eventually(() => sizeOf('one/log.csv') > size);
        child.kill('SIGINT');
      });
      expect(first.status).to.equal(130);
      expect(existsSync(at('one/log.csv.lock'))).to.equal(false);
      const whole = await playFile(at('busy.csv'), at('whole.csv'));
      expectBeginning('one/log.csv', whole);
      expect(await lastfix([...args, '--rate', 'max', '--resume'], at())).to.include({ status: 0 });
      expect(rows('one/log.csv')).to.deep.equal(whole);
    });

    it('should take over the lock that a killed run left', async () => {
      for (const again of [[], ['--resume']]) {
        await half(`left${again.join('')}/log.csv`);
        expect(existsSync(at(`left${again.join('')}/log.csv.lock`))).to.equal(true);
        expect(await run(MINUTE, '--rate', 'max', '--output', `left${again.join('')}/log.csv`, ...again)).to.include({ status: 0 });
        expect(existsSync(at(`left${again.join('')}/log.csv.lock`))).to.equal(false);
        expect(rows(`left${again.join('')}/log.csv`)).to.deep.equal(WHOLE);
      }
    });

    it('should leave the lock alone of a run that began after its own folder had been deleted', async () => {
      await half('lost/log.csv', async (first) => {
        rmSync(at('lost'), { recursive: true });
        await half('lost/log.csv', async (second) => {
          first.kill('SIGINT');
          await eventually(() => first.exitCode === 130);
          const third = await resume('lost/log.csv');
          expect([third.status, third.stderr.includes(`process ${second.pid!} `)]).to.deep.equal([1, true]);
          second.kill('SIGINT');
        });
      });
    });

    it('should end when another run writes its log all the same, because somebody took the lock away', async () => {
      await half('unlocked/log.csv', async (first) => {
        rmSync(at('unlocked/log.csv.lock'));
        expect(await resume('unlocked/log.csv')).to.include({ status: 0 });
        const ended = once(first, 'close');
        first.kill('SIGINT');
        await ended;
      });
      expect(rows('unlocked/log.csv')).to.deep.equal(WHOLE);
      const { status, stderr } = await lastfix(
        ['replay', MINUTE, ...LONG, '--output', 'grown/log.csv'],
        at(),
        async () => {
          await eventually(() => sizeOf('grown/log.csv') > 500);
          appendFileSync(at('grown/log.csv'), 'mine\n');
        },
      );
      expect(status).to.equal(1);
      expect(stderr).to.match(
        /\nlastfix: grown\/log\.csv was changed while it was written: it has \d+ instead of \d+ bytes; let nothing else write it, and check it with --resume\n$/,
      );
    });

    it('should leave alone what another run writes where its own folder was before it was moved', async () => {
      const { status, stderr } = await lastfix(
        ['replay', MINUTE, ...LONG, '--output', 'here/log.csv'],
        at(),
        async () => {
          await eventually(() => sizeOf('here/log.csv') > 500);
          renameSync(at('here'), at('there'));
          await run('busy.csv', '--rate', 'max', '--output', 'here/log.csv');
        },
      );
      expect(status).to.equal(1);
      expect(stderr).to.match(/\nlastfix: here\/log(\.late)?\.csv was deleted, moved or replaced while it was written: .*\n$/);
      expect(readFileSync(at('here/log.csv.run.json'), 'utf8')).to.match(/"input": "busy.csv"[^]*"finished": true/);
      expect(await resume('there/log.csv')).to.include({ status: 0 });
      expect(rows('there/log.csv')).to.deep.equal(WHOLE);
    });

    it('should keep apart logs whose names differ in what follows the point', async () => {
      await half('names/log.csv');
      for (const name of ['names/log.txt', 'names/log']) await run('busy.csv', '--rate', 'max', '--output', name);
      expect(await resume('names/log.csv')).to.include({ status: 0 });
      expect(rows('names/log.csv')).to.deep.equal(WHOLE);
    });

    it('should refuse a second run of another user', async () => {
      if (!nobody) return;
      for (const [umask, refusal] of [
        [
          0o022,
          /^lastfix: shared18\/log\.csv\.lock belongs to another user, who may be writing this log: wait until that has ended \(if nothing is running, have the file removed\), or choose another --output\n$/,
        ],
        [
          0o000,
          /^lastfix: shared0\/log\.csv\.lock: process \d+ on .* is writing this log: wait until it ends, or choose another --output\n$/,
        ],
      ] as const) {
        const shared = `shared${umask}`; // a folder that has no log yet, by which a run is known to have begun
        mkdirSync(at(shared));
        chmodSync(at(shared), 0o777);
        const before = process.umask(umask);
        await half(`${shared}/log.csv`, async (child) => {
          for (const again of [[], ['--resume']]) {
            const { status, stderr } = await lastfix(
              ['replay', 'busy.csv', '--rate', 'max', '--output', `${shared}/log.csv`, ...again],
              at(),
              undefined,
              nobody,
            );
            expect(status).to.equal(1);
            expect(stderr).to.match(refusal);
          }
          child.kill('SIGINT');
        }).finally(() => process.umask(before));
        expectBeginning(`${shared}/log.csv`, WHOLE);
      }
    });

    it('should let readers see a growing beginning of the log, in whole rows', async () => {
      const whole = await playFile(at('busy.csv'), at('whole.csv'));
      const seen = new Set<number>();
      const { status } = await lastfix(
        ['replay', 'busy.csv', '--flush', '5ms', '--output', 'read/log.csv'],
        at(),
        async (child) => {
          await says(child, /playing/);
          for (let size = 0; seen.size < 10; seen.add(size)) {
            expect(whole.changes.startsWith(await readFile(at('read/log.csv'), 'utf8'))).to.equal(true);
            const { batches } = await readLog(at('read/log.csv'));
            let text = whole.changes.slice(0, whole.changes.indexOf('\n') + 1);
            for await (const fixes of batches) text += fixes.map((fix) => formatRow(logFields(fix))).join('');
            expect(whole.changes.startsWith(text)).to.equal(true);
            expect(text.length).to.be.at.least(size);
            size = text.length;
          }
          child.kill('SIGINT');
        },
      );
      expect(status).to.equal(130);
      expect(await run('busy.csv', '--resume', '--rate', 'max', '--output', 'read/log.csv')).to.include({ status: 0 });
      expect(rows('read/log.csv')).to.deep.equal(whole);
    });

    it('should work, and say that it cannot lock the log, where the package for it does not run', async () => {
      const hook = `export const resolve = (name, context, next) => { if (name === 'fs-native-extensions') throw new Error('no build'); return next(name, context); };`;
      writeFileSync(
        at('missing.mjs'),
        `import { register } from 'node:module';\nregister('data:text/javascript,${encodeURIComponent(hook).replaceAll("'", '%27')}');\n`,
      );
      const env = { ...process.env, NODE_OPTIONS: '--import=./missing.mjs' };
      const { status, stderr } = await lastfix(['replay', MINUTE, '--rate', 'max', '--output', 'free/log.csv'], at(), undefined, { env });
      expect(status).to.equal(0);
      expect(stderr).to.match(
        /^lastfix: the package fs-native-extensions does not run on this machine, so .*free\/log.csv cannot be locked: .*\n/,
      );
      expect(rows('free/log.csv')).to.deep.equal(WHOLE);
      expect(existsSync(at('free/log.csv.lock'))).to.equal(false);
    });

    it('should go on when its folder could not be written for a while', async () => {
      if (process.getuid?.() === 0 && !nobody) return; // a superuser may write everywhere
      mkdirSync(at('shut'));
      if (nobody) chownSync(at('shut'), nobody.uid, nobody.gid);
      const args = ['replay', MINUTE, '--resume', '--output', 'shut/log.csv'];
      const shut = await lastfix([...args, '--from', '2021-10-23T12:30:45Z', '--rate', '3', '--flush', '5ms'], at(), async () => {
        await eventually(() => sizeOf('shut/log.csv') > 500);
        chmodSync(at('shut'), 0o555);
      }, nobody);
      const refusal = 'lastfix: cannot write shut/log.csv.run.json: permission denied (check its permissions)\n';
      expect(shut.status).to.equal(1);
      expect(shut.stderr).to.include(refusal); // measuring coverage adds that it cannot, either
      const again = await lastfix([...args, '--rate', 'max'], at(), undefined, nobody);
      expect([again.status, again.stderr.includes(refusal)]).to.deep.equal([1, true]);
      chmodSync(at('shut'), 0o755);
      expect(await lastfix([...args, '--rate', 'max'], at(), undefined, nobody)).to.include({ status: 0 });
      expect(await resume('shut/log.csv')).to.have.property('stderr').that.includes('nothing was missing');
      expect(rows('shut/log.csv')).to.deep.equal(WHOLE);
    });
  });

  describe('when the disk fails', () => {
    it('should end in whole lines and one clear line when it is full, and go on when it has room', async () => {
      mkdirSync(at('small'));
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('small')]).status === 0;
      if (!mounted) return; // no root, or no Linux
      try {
        const args = ['busy.csv', '--rate', '240', '--flush', '5ms', '--output', 'small/log.csv'];
        const whole = await playFile(at('busy.csv'), at('whole.csv'));
        const full = await run(...args, '--stats', 'stats.json');
        expect(full.status).to.equal(1);
        expect(full.stderr).to.match(
          /^lastfix: playing .*\nlastfix: cannot write small\/log(\.late)?\.csv: no space left on device \(make room, then run the command again, a replay with --resume\)\n$/,
        );
        expectBeginning('small/log.csv', whole);
        for (const kind of KINDS) expect(rows('small/log.csv')[kind]).to.match(/\n$/);
        const again = await run(...args, '--resume');
        expect([again.status, again.stderr.includes('no space left on device')]).to.deep.equal([1, true]);
        spawnSync('mount', ['-o', 'remount,size=10m', at('small')]);
        expect(await run(...args, '--resume')).to.include({ status: 0 });
        expect(rows('small/log.csv')).to.deep.equal(whole);
      } finally {
        spawnSync('umount', [at('small')]);
      }
    });

    it('should begin at the beginning when its folder was deleted', async () => {
      const gone = await lastfix(['replay', MINUTE, ...LONG, '--output', 'gone/log.csv'], at(), async () => {
        await eventually(() => sizeOf('gone/log.csv') > 500);
        rmSync(at('gone'), { recursive: true });
      });
      expect(gone.status).to.equal(1);
      expect(gone.stderr).to.match(/\nlastfix: gone\/log(\.late)?\.csv was deleted, moved or replaced while it was written: .*\n$/);
      const { status, stderr } = await resume('gone/log.csv');
      expect(status).to.equal(0);
      expect(stderr).to.include('lastfix: no run to resume in gone/log.csv: starting one\n');
      expect(rows('gone/log.csv')).to.deep.equal(WHOLE);
    });
  });

  describe('when time is not what it was', () => {
    it('should write the same, and nothing early, while the clock of the system jumps', async () => {
      writeFileSync(at('jumping.mjs'), `
        const jumped = (now) => now + Math.floor((Math.random() - 0.5) * 48 * 3_600_000);
        globalThis.Date = class extends Date {
          constructor(...given) { super(...(given.length > 0 ? given : [jumped(super.now())])); }
          static now() { return jumped(super.now()); }
        };
      `);
      const env = { ...process.env, NODE_OPTIONS: '--import=./jumping.mjs' };
      const start = performance.now();
      const { status, stderr } = await lastfix(
        ['replay', MINUTE, '--rate', '60', '--output', 'jumped/log.csv', '--stats', 'stats.json'],
        at(),
        undefined,
        { env },
      );
      expect(status).to.equal(0);
      expect(stderr).not.to.include('slept');
      expect(performance.now() - start).to.be.at.least(57_390 / 60);
      expect(stats().wall_seconds).to.be.at.least(57.39 / 60);
      expect(stats().lateness_ms!.mean).to.be.greaterThan(0);
      expect(rows('jumped/log.csv')).to.deep.equal(WHOLE);
    });

    it('should catch up, and lose nothing, when it was stopped for a while', async () => {
      let stopped = 0;
      const { status } = await lastfix(
        ['replay', 'busy.csv', '--rate', '20', '--flush', '5ms', '--output', 'stopped/log.csv', '--stats', 'stats.json'],
        at(),
        async (child) => {
          await eventually(() => sizeOf('stopped/log.csv') > 500);
          child.kill('SIGSTOP');
          const start = performance.now();
          await wait(1000);
          stopped = performance.now() - start;
          child.kill('SIGCONT');
        },
      );
      expect(status).to.equal(0);
      expect(stats().lateness_ms!.max).to.be.at.least(stopped / 2); // up to the next fix it was not late
      expect(rows('stopped/log.csv')).to.deep.equal(await playFile(at('busy.csv'), at('whole.csv')));
    });
  });

  describe('with --sync', () => {
    for (const sync of ['always', 'second', 'never']) {
      it(`should write the same with ${sync}`, async () => {
        expect(await run(MINUTE, '--rate', '200', '--flush', '5ms', '--sync', sync, '--output', `${sync}/log.csv`)).to.include({
          status: 0,
        });
        expect(rows(`${sync}/log.csv`)).to.deep.equal(WHOLE);
      });
    }

    it('should say what it may be', async () => {
      expect(await run(MINUTE, '--sync', 'sometimes')).to.include({
        status: 2,
        stderr: 'lastfix: --sync "sometimes" is not one of always, second, never\nSee: lastfix replay --help\n',
      });
    });
  });
});
