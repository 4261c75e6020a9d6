import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, Subject } from 'rxjs';
import { FileError } from '../../src/csv/FileError.js';
import { LineFile } from '../../src/log/LineFile.js';
import { intoLog } from '../../src/log/intoLog.js';
import { openLog, type OpenLogOptions } from '../../src/log/openLog.js';
import { LOG_FILES, logPaths, type LogFile } from '../../src/log/paths.js';
import { play } from '../../src/pipeline.js';
import { openRecording } from '../../src/recording/openRecording.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { failureOf } from '../support/failureOf.js';
import { faultyDisk } from '../support/faultyDisk.js';
import { fix } from '../support/fix.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { commitTo } from '../support/commitTo.js';
import { update } from '../support/update.js';
import { runs } from '../support/runs.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time';
const HEADERS = { changes: `${HEADER}\n`, late: `${HEADER},reason,latest_event_time\n`, rejected: 'line,reason,record\n' };
const change = (seconds: number) => update(fix('a', { event: seconds * 1e6 }));
const late = (seconds: number) => update(fix('a', { event: 0, arrival: seconds * 1e6 }), 'late');
const row = (seconds: number) => `1970-01-01T00:00:0${seconds}.000000Z,a,52.5,13.4,,1970-01-01T00:00:0${seconds}.000000Z\n`;

/** Plays in a few ms, which are many flushes. */
const IN_TIME = { rate: 20_000, flushEvery: 1, maxGap: 2000 };

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Makes of the bytes of a file what may be left of it: some of them, some of them zeros, zeros after them, or no file. */
const harm: fc.Arbitrary<(path: string) => void> = fc.oneof(
  fc.constant(() => undefined),
  fc.constant((path: string) => { rmSync(path); }),
  share.map((left) => (path: string) => { truncateSync(path, Math.round(left * statSync(path).size)); }),
  fc.nat(200).map((zeros) => (path: string) => { appendFileSync(path, Buffer.alloc(zeros)); }),
  fc.tuple(share, share).map(([from, length]) => (path: string) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, Math.round(from * bytes.length), Math.round(Math.min(1, from + length) * bytes.length)));
  }),
);

describe('openLog', () => {
  const at = temporaryFolder();
  const disk = faultyDisk();
  let paths = logPaths('');
  let count = 0;
  beforeEach(() => {
    paths = logPaths(at(String(count++), 'x.csv'));
  });

  const read = (kind: LogFile, from = paths) => readFileSync(from[kind], 'utf8');
  const files = (from = paths) => ({ changes: read('changes', from), late: read('late', from), rejected: read('rejected', from) });
  const run = () => JSON.parse(readFileSync(paths.run, 'utf8')) as Record<string, unknown>;
  const open = (options?: OpenLogOptions) => openLog(paths.changes, options);

  it('should keep all its files where a link to the log leads', async () => {
    await finished();
    mkdirSync(at('links'), { recursive: true });
    symlinkSync(paths.changes, at('links/current.csv'));
    const log = await openLog(at('links/current.csv'));
    expect(log.replaced).to.deep.equal([paths.changes, paths.late, paths.rejected]);
    await log.end();
    await log.close();
    expect(readdirSync(at('links'))).to.deep.equal(['current.csv']);
    expect([read('changes').split('\n').length, read('late').split('\n').length]).to.deep.equal([2, 2]);
  });

  /** A finished run of two changes and a late fix. */
  const finished = async (options?: OpenLogOptions) => {
    const log = await open(options);
    await commitTo(log, [change(1), change(2), late(3)]);
    await log.end();
    await log.close();
    return files();
  };

  it('should make the folder and the files, with nothing but their headers', async () => {
    const log = await open({ extra: ['a', 'b,c'], input: 'in.csv', origin: { bytes: 3 } });
    expect(files()).to.deep.equal({
      changes: `${HEADER},a,"b,c"\n`,
      late: `${HEADER},a,"b,c",reason,latest_event_time\n`,
      rejected: 'line,reason,record\n',
    });
    expect(run()).to.deep.include({ lastfix_run: 1, input: 'in.csv', made_from: { bytes: 3 }, finished: false });
    expect(log).to.deep.include({ replaced: [], resumed: undefined, locked: true });
    await log.close();
  });

  it('should give every run an id of its own, which one that is resumed keeps', async () => {
    const ids: unknown[] = [];
    for (const resume of [false, true, true, false]) {
      await finished({ resume });
      ids.push(run()['id']);
    }
    const [id, , , other] = ids;
    expect(ids).to.deep.equal([id, id, id, other]);
    expect([typeof id, id === other]).to.deep.equal(['string', false]);
  });

  it('should write every update into one of two files, and what is rejected into the third', async () => {
    const log = await open();
    const updates = [change(1), late(2), change(3)];
    await log.reject([{ line: 4, reason: 'no time', record: 'a,b' }]);
    expect(await commitTo(log, updates)).to.include({ settled: 3, written: 2 });
    expect(files()).to.deep.equal({
      changes: HEADERS.changes + row(1) + row(3),
      late: `${HEADERS.late}1970-01-01T00:00:02.000000Z,a,52.5,13.4,,1970-01-01T00:00:00.000000Z,late,1970-01-01T00:00:00.000000Z\n`,
      rejected: `${HEADERS.rejected}4,no time,"a,b"\n`,
    });
    expect(log.bytes).to.equal(Object.values(files()).join('').length);
    await log.close();
  });

  it('should do one thing after the other, also what nobody waits for', async () => {
    const log = await open();
    const order: string[] = [];
    const done = (what: string) => () => order.push(what);
    await Promise.all([
      commitTo(log, [change(1)]).then(done('commit')),
      log.sync().then(done('sync')),
      commitTo(log, [change(2)]).then(done('commit')),
      log.end().then(done('end')),
      log.close().then(done('close')),
    ]);
    expect(order).to.deep.equal(['commit', 'sync', 'commit', 'end', 'close']);
    expect(read('changes')).to.equal(HEADERS.changes + row(1) + row(2));
  });

  it('should say in the run file that it is finished when it is ended, not when it is closed', async () => {
    const log = await open();
    await commitTo(log, [change(1)]);
    await log.close();
    expect(run()).to.include({ finished: false });
    await finished();
    expect(run()).to.include({ finished: true });
  });

  it('should keep the last change per device and second if asked to, and write what it held back at the end', async () => {
    const log = await open({ coalesce: true });
    const updates = [update(fix('a', { event: 1.1e6 })), update(fix('a', { event: 1.2e6 })), change(2)];
    expect(await commitTo(log, updates)).to.include({ settled: 3, written: 1 });
    expect(await log.end()).to.include({ settled: 0, written: 1 });
    await log.close();
    expect(read('changes').split('\n').length).to.equal(4);
  });

  it('should replace the files of an earlier run, and name them', async () => {
    await finished();
    const log = await open();
    expect(log.replaced).to.deep.equal([paths.changes, paths.late, paths.rejected]);
    await log.close();
    expect(files()).to.deep.equal(HEADERS);
    expect(run()).to.include({ finished: false });
  });

  it('should leave nothing behind but the files of the run, and let go of them', async () => {
    await finished();
    expect(readdirSync(at(String(count - 1))).sort()).to.deep.equal([
      'x.csv',
      'x.csv.index',
      'x.csv.run.json',
      'x.late.csv',
      'x.late.csv.index',
      'x.rejected.csv',
    ]);
    for (const kind of [...LOG_FILES, 'run'] as const) expect(isOpen(paths[kind]), kind).to.equal(false);
  });

  it('should clear the drafts of runs that were killed as they started, whether it begins one or goes on', async () => {
    mkdirSync(at(String(count - 1)));
    for (const resume of [false, true]) {
      for (const path of Object.values(paths)) await (await LineFile.create(path)).close();
      const log = await open({ resume });
      await log.close();
      expect(readdirSync(at(String(count - 1))).sort()).to.deep.equal([
        'x.csv',
        'x.csv.index',
        'x.csv.run.json',
        'x.late.csv',
        'x.late.csv.index',
        'x.rejected.csv',
      ]);
    }
  });

  it('should clear no draft of a run that is just being made', async () => {
    const log = await open();
    const draft = await LineFile.create(paths.run);
    expect(await failureOf(open())).to.have.property('message').that.includes('is writing this log');
    await draft.publish();
    await draft.close();
    await log.close();
  });

  it('should refuse what another run is writing, and change nothing', async () => {
    const log = await open();
    await commitTo(log, [change(1)]);
    expect(await failureOf(open())).to.have.property('message').that.includes('is writing this log');
    expect(await failureOf(open({ resume: true }))).to.have.property('message').that.includes('is writing this log');
    await commitTo(log, [change(2)]);
    await log.close();
    expect(read('changes')).to.equal(HEADERS.changes + row(1) + row(2));
  });

  for (const [what, refused, options] of [
    ['the file of somebody else', () => { writeFileSync(paths.late, 'mine\n'); }, {}],
    ['a run file of somebody else', () => { writeFileSync(paths.run, 'mine\n'); }, {}],
    ['to resume a run that was made from something else', () => undefined, { resume: true, origin: { bytes: 4 } }],
    ['to resume files with another header', () => undefined, { resume: true, extra: ['note'] }],
  ] as const) {
    it(`should refuse ${what}, change nothing, and let go of it`, async () => {
      await finished();
      refused();
      const before = [files(), readFileSync(paths.run, 'utf8')];
      expect(await failureOf(open(options))).to.be.instanceOf(FileError);
      expect([files(), readFileSync(paths.run, 'utf8')]).to.deep.equal(before);
      expect(existsSync(paths.lock)).to.equal(false);
      for (const kind of LOG_FILES) expect(isOpen(paths[kind]), kind).to.equal(false);
    });
  }

  describe('with resume', () => {
    it('should begin a run where there is none', async () => {
      const log = await open({ resume: true });
      expect(log).to.deep.include({ replaced: [], resumed: undefined });
      await log.close();
      expect(files()).to.deep.equal(HEADERS);
    });

    it('should begin a new one over files of which no run file tells what they were made from', async () => {
      await finished();
      rmSync(paths.run);
      const log = await open({ resume: true });
      expect(log).to.deep.include({ replaced: [paths.changes, paths.late, paths.rejected], resumed: undefined });
      await log.close();
    });

    it('should tell what is there: until when, and whether it had been finished', async () => {
      const resumed = async () => {
        const log = await open({ resume: true });
        await log.close();
        return log.resumed;
      };
      await (await open()).close();
      expect(await resumed()).to.deep.equal({ finished: false, at: undefined });
      await finished();
      expect(await resumed()).to.deep.equal({ finished: true, at: 3e6 });
      truncateSync(paths.late, HEADERS.late.length + 10);
      expect((await resumed())?.at).to.equal(2e6);
    });

    it('should write only what is missing, and tell how much that was', async () => {
      const whole = await finished();
      truncateSync(paths.changes, HEADERS.changes.length + row(1).length + 5);
      const log = await open({ resume: true });
      await commitTo(log, [change(1), change(2), late(3)]);
      await log.end();
      await log.close();
      expect(files()).to.deep.equal(whole);
      expect(log).to.include({ bytes: Object.values(whole).join('').length, written: row(2).length - 5 });
    });

    it('should write nothing if nothing is missing', async () => {
      const whole = await finished();
      const log = await open({ resume: true });
      await commitTo(log, [change(1), change(2), late(3)]);
      await log.end();
      await log.close();
      expect(log.written).to.equal(0);
      expect(files()).to.deep.equal(whole);
    });

    it('should end with an error where a row differs, and leave the files as they are', async () => {
      const whole = await finished();
      const log = await open({ resume: true });
      expect((await failureOf(commitTo(log, [change(1), change(4)]))).message).to.include(
        `x.csv holds the row ${JSON.stringify(row(2).trim())} where this run writes ${JSON.stringify(row(4).trim())}`,
      );
      await log.close();
      expect(files()).to.deep.equal(whole);
    });

    it('should end with an error if a file goes on after its last row', async () => {
      const whole = await finished();
      const log = await open({ resume: true });
      await commitTo(log, [change(1), late(3)]);
      expect((await failureOf(log.end())).message).to.equal(
        `${paths.changes} holds ${row(2).length} bytes after the last row of this run: it was changed since; restore it, or start anew without --resume`,
      );
      await log.close();
      expect(files()).to.deep.equal(whole);
    });

    it('should end as if it had never been interrupted, whatever was lost of each file', async () => {
      mkdirSync(at('harm'));
      const [input, output] = [at('harm', 'input.csv'), at('harm', 'x.csv')];
      const harmed = logPaths(output);
      const timing = fc.constantFrom({}, IN_TIME);
      await fc.assert(
        fc.asyncProperty(
          arbitraryRecording,
          fc.tuple(harm, harm, harm),
          fc.boolean(),
          fc.boolean(),
          timing,
          async (text, harms, unfinished, coalesce, timing) => {
            writeFileSync(input, text);
            const whole = await playFile(input, output, { coalesce });
            for (const [i, kind] of LOG_FILES.entries()) harms[i]!(harmed[kind]);
            const told = readFileSync(harmed.run, 'utf8');
            if (unfinished) writeFileSync(harmed.run, told.replace('"finished": true', '"finished": false'));
            expect(await playFile(input, output, { coalesce, resume: true, ...timing })).to.deep.equal(whole);
            expect(readFileSync(harmed.run, 'utf8')).to.equal(told);
          },
        ),
        runs(33),
      );
    });

    it('should go on with a run that was stopped, wherever that was', async () => {
      mkdirSync(at('stopped'));
      const [input, output] = [at('stopped', 'input.csv'), at('stopped', 'x.csv')];
      await fc.assert(
        fc.asyncProperty(arbitraryRecording, fc.boolean(), fc.nat(40), async (text, coalesce, first) => {
          writeFileSync(input, text);
          const whole = await playFile(input, output, { coalesce });
          const { batches, extra, rejected } = await openRecording(input);
          const stop$ = new Subject<void>();
          const stopped = async function* () {
            for await (const batch of batches) yield batch.part(batch.first, Math.min(batch.end, batch.first + first));
            stop$.next();
          };
          const log = await openLog(output, { coalesce, extra, input, durable: false });
          for await (const rows of rejected.take()) await log.reject(rows);
          await lastValueFrom(play(stopped(), intoLog(log), { rate: Infinity, stop$ }), { defaultValue: undefined });
          await log.close();
          const left = files(logPaths(output));
          for (const kind of LOG_FILES) expect(whole[kind].startsWith(left[kind]), kind).to.equal(true);
          expect(await playFile(input, output, { coalesce, resume: true })).to.deep.equal(whole);
        }),
        runs(16),
      );
    });
  });

  describe('on a disk that fails', () => {
    it('should hold whole rows when the disk is full, and the exact bytes when it is resumed', async () => {
      mkdirSync(at('full'));
      const [input, output] = [at('full', 'input.csv'), at('full', 'x.csv')];
      await fc.assert(
        fc.asyncProperty(arbitraryRecording, fc.boolean(), fc.array(fc.nat(2000), { maxLength: 3 }), async (text, coalesce, rooms) => {
          writeFileSync(input, text.replaceAll('\nlines', ' lines').replaceAll('\r\nlines', ' lines')); // so that each row is a line
          for (const path of Object.values(logPaths(output))) rmSync(path, { force: true });
          const whole = await playFile(input, at('full', 'whole.csv'), { coalesce });
          for (const room of rooms) {
            disk.fillsUpAfter(room);
            await playFile(input, output, { coalesce, resume: true, ...IN_TIME }).catch((failure: unknown) => {
              expect(failure).to.be.instanceOf(FileError).with.property('message').that.matches(/^cannot \w+ .*: no space left on device/);
            });
            disk.works();
            for (const kind of LOG_FILES) {
              const held = existsSync(logPaths(output)[kind]) ? read(kind, logPaths(output)) : '';
              expect(whole[kind].startsWith(held) && /^$|\n$/.test(held), `${kind}: ${held}`).to.equal(true);
            }
          }
          expect(await playFile(input, output, { coalesce, resume: true })).to.deep.equal(whole);
        }),
        runs(16),
      );
    });

    it('should complete what the system writes in pieces', async () => {
      const whole = await finished();
      disk.writesAtMost(7);
      expect(await finished()).to.deep.equal(whole);
    });

    it('should leave an earlier run as it was if there is no room for the headers, and nothing beside it', async () => {
      const whole = await finished();
      disk.fillsUpAfter(HEADERS.changes.length + 80);
      expect((await failureOf(open())).message).to.include('no space left on device');
      expect(files()).to.deep.equal(whole);
      expect(readdirSync(at(String(count - 1))).sort()).to.deep.equal([
        'x.csv',
        'x.csv.index',
        'x.csv.run.json',
        'x.late.csv',
        'x.late.csv.index',
        'x.rejected.csv',
      ]);
    });

    it('should be completed by resuming also if half of a line could not be cut off', async () => {
      const whole = await finished();
      const log = await open();
      disk.fillsUpAfter(row(1).length + 10);
      disk.failsToTruncate();
      expect((await failureOf(commitTo(log, [change(1), change(2), late(3)]))).message).to.include('nor cut off the half of a line');
      await log.close();
      disk.works();
      expect(read('changes')).to.equal(HEADERS.changes + row(1) + row(2).slice(0, 10));
      const again = await open({ resume: true });
      await commitTo(again, [change(1), change(2), late(3)]);
      await again.end();
      await again.close();
      expect(files()).to.deep.equal(whole);
    });

    it('should tell of a sync that fails, once, and let go of everything', async () => {
      const log = await open();
      await commitTo(log, [change(1)]);
      disk.failsToSync();
      expect(await failureOf(log.sync())).to.have.property('message', `cannot sync ${paths.changes}: i/o error`);
      await log.close();
      expect(existsSync(paths.lock)).to.equal(false);
      expect(isOpen(paths.changes)).to.equal(false);
    });

    it('should not be finished if a sync fails when it is ended', async () => {
      const log = await open();
      disk.failsToSync();
      expect((await failureOf(log.end())).message).to.equal(`cannot sync ${paths.changes}: i/o error`);
      await log.close();
      expect(run()).to.include({ finished: false });
    });

    it('should tell, when it is closed, that what was written cannot be made safe, and let go of everything', async () => {
      const log = await open();
      disk.failsToSync();
      expect((await failureOf(log.close())).message).to.include('cannot sync');
      expect(existsSync(paths.lock)).to.equal(false);
      expect(isOpen(paths.changes)).to.equal(false);
    });

    it('should sync nothing if it need not be durable', async () => {
      disk.failsToSync();
      await finished({ durable: false });
      expect(run()).to.include({ finished: true });
    });
  });
});
