import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Fix } from '../../src/domain/fix.js';
import type { Update } from '../../src/domain/latest.js';
import { openLog, type OpenLogOptions } from '../../src/log/openLog.js';
import { logPaths, type LogPaths } from '../../src/log/paths.js';
import { readLog } from '../support/readLog.js';
import { openIndexed } from '../../src/lookup/openIndexed.js';
import { noReads } from '../../src/lookup/Reads.js';
import { FULL } from '../../src/lookup/SegmentBuilder.js';
import { commitTo } from '../support/commitTo.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { failureOf } from '../support/failureOf.js';
import { faultyDisk } from '../support/faultyDisk.js';
import { fix } from '../support/fix.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { update } from '../support/update.js';
import { entriesOf } from './arbitraryRows.js';
import { fullDisk } from './fullDisk.js';
import { runs } from '../support/runs.js';

const second = 1_634_990_000_000_000;
const change = (i: number): Update => update(fix(`d${i % 3}`, { event: second + i * 1e6 }));
const late = (i: number): Update => update(fix(`d${i % 3}`, { event: second, arrival: second + i * 1e6 }), 'late');
const changes = (count: number, from = 0) => Array.from({ length: count }, (_, i) => change(from + i));

describe('Indexer', () => {
  const at = temporaryFolder();
  const disk = fullDisk();
  const csvDisk = faultyDisk();
  let paths: LogPaths;
  let count = 0;
  beforeEach(() => {
    mkdirSync(at(String(++count)));
    paths = logPaths(at(String(count), 'x.csv'));
  });

  const open = (options?: OpenLogOptions) => openLog(paths.changes, { durable: false, ...options });

  /** That the log and its late file are read through their indexes as `readLog` reads them; how many rows of each were read in one go. */
  const scanned = async ({ changes, late }: Pick<LogPaths, 'changes' | 'late'> = paths) => {
    const counts: number[] = [];
    for (const path of [changes, late]) {
      const reads = noReads();
      const csv = await openIndexed(path, { reads });
      const entries = csv.segments.flatMap((segment) => Array.from(segment.runs()).flatMap((run) => entriesOf(segment, run)));
      const fixes = entries.sort((a, b) => a.start - b.start).map((entry) => csv.fix(entry));
      const devices = csv.segments.flatMap((segment) => [...segment.newDevices()].flat());
      expect(new Set(devices)).to.deep.equal(new Set(fixes.map(({ device }) => device)));
      await csv.close();
      const expected: Fix[] = [];
      for await (const batch of (await readLog(path)).batches) expected.push(...batch);
      expect(fixes).to.deep.equal(expected);
      counts.push(reads.scanned);
    }
    return counts;
  };

  it('should leave behind any run an index of each file that has all its rows', async () => {
    const input = at('input.csv');
    const timing = fc.constantFrom({}, { rate: 20_000, flushEvery: 1, maxGap: 2000 });
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.boolean(), timing, async (text, coalesce, timing) => {
        writeFileSync(input, text);
        await playFile(input, paths.changes, { coalesce, ...timing });
        expect(await scanned()).to.deep.equal([0, 0]);
        for (const path of [paths.changesIndex, paths.lateIndex]) expect(isOpen(path)).to.equal(false);
      }),
      runs(13),
    );
  });

  it('should do so also for a run that is resumed, whatever was lost of its files and of their indexes', async () => {
    const input = at('input.csv');
    const lost = fc.tuple(fc.constantFrom('changes', 'late', 'changesIndex', 'lateIndex'), fc.nat(9999).map((part) => part / 10_000));
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.array(lost, { maxLength: 3 }), async (text, losses) => {
        writeFileSync(input, text);
        const whole = await playFile(input, paths.changes);
        for (const [kind, left] of losses) truncateSync(paths[kind], Math.floor(left * statSync(paths[kind]).size));
        expect(await playFile(input, paths.changes, { resume: true })).to.deep.equal(whole);
        expect(await scanned()).to.deep.equal([0, 0]);
      }),
      runs(10),
    );
  });

  it('should be right at any moment of a run, and when it is killed then', async () => {
    const batch = fc.array(fc.tuple(fc.boolean(), fc.nat(20)), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(batch, fc.boolean()), { minLength: 1, maxLength: 5 }), async (batches) => {
        const log = await open();
        for (const [batch, sync] of batches) {
          await commitTo(log, batch.map(([changed, i]) => (changed ? change(i) : late(i))));
          if (sync) await log.sync();
          await scanned();
          const killed = logPaths(at('killed', 'x.csv'));
          rmSync(at('killed'), { recursive: true, force: true });
          cpSync(at(String(count)), at('killed'), { recursive: true });
          await scanned(killed);
          expect(await scanned(killed)).to.deep.equal([0, 0]);
        }
        await log.close();
        expect(await scanned()).to.deep.equal([0, 0]);
      }),
      runs(10),
    );
  });

  it('should have many rows while the run goes on, so that a question reads only the last', async () => {
    const log = await open();
    await commitTo(log, [...changes(5000), late(5000)]);
    expect(await scanned()).to.deep.equal([5000, 1]);
    await log.sync();
    expect(await scanned()).to.deep.equal([0, 1]);
    await commitTo(log, changes(100, 5000));
    await log.sync();
    expect(await scanned()).to.deep.equal([100, 1]);
    await log.close();
    expect(await scanned()).to.deep.equal([0, 0]);
  });

  it('should have few segments of many rows', async () => {
    const log = await open();
    for (let from = 0; from < FULL + 10_000; from += 10_000) {
      await commitTo(log, changes(10_000, from));
      await log.sync();
    }
    await log.close();
    const reads = noReads();
    const csv = await openIndexed(paths.changes, { reads });
    await csv.close();
    const [first, ...others] = csv.segments.map(({ rows }) => rows);
    expect(first).to.be.within(FULL, FULL + 10_000);
    expect(others.length).to.be.at.most(1);
    expect(reads.scanned).to.equal(0);
    expect(reads.pages).to.be.at.most(40); // the first of each segment, also of those whose place others have taken
  });

  it('should keep none if it is not asked to', async () => {
    const log = await open({ index: false });
    await commitTo(log, [change(1), late(2)]);
    await log.close();
    expect(readdirSync(at(String(count))).sort()).to.deep.equal(['x.csv', 'x.csv.run.json', 'x.late.csv', 'x.rejected.csv']);
    expect(log.unindexed).to.equal(undefined);
    await scanned();
    expect(await scanned()).to.deep.equal([0, 0]);
  });

  describe('when it cannot be kept', () => {
    /** That a run ends well and says why its index was not kept. */
    const givenUp = async (why: string) => {
      const log = await open();
      expect(log.unindexed).to.equal(why);
      await commitTo(log, [change(1), late(2)]);
      await commitTo(log, [change(3)]);
      await log.end();
      await log.close();
      expect(log.unindexed).to.equal(why);
      expect(readFileSync(paths.changes, 'utf8').split('\n').length).to.equal(4);
      await scanned();
    };

    for (const kind of ['changesIndex', 'lateIndex'] as const) {
      it(`should leave a folder in its place as it is: ${kind}`, async () => {
        mkdirSync(paths[kind]);
        await givenUp(`${paths[kind]} was not written by lastfix: move it away`);
        expect(readdirSync(paths[kind])).to.deep.equal([]);
      });

      it(`should leave the file of somebody else in its place as it is: ${kind}`, async () => {
        writeFileSync(paths[kind], 'mine\n');
        await givenUp(`${paths[kind]} was not written by lastfix: move it away`);
        expect(readFileSync(paths[kind], 'utf8')).to.equal('mine\n');
      });
    }

    it('should not wait for a pipe in its place', async () => {
      if (spawnSync('mkfifo', [paths.changesIndex]).status !== 0) return; // no such thing here
      await givenUp(`${paths.changesIndex} was not written by lastfix: move it away`);
    });

    it('should be given up when the disk is full, and made by the first question when it has room again', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(14), fc.nat(4096), async (pages, bytes) => {
          disk.fillsUpAfter(pages * 4096 + bytes);
          const log = await open();
          for (let from = 0; from < 200; from += 50) await commitTo(log, [...changes(50, from), late(from + 50)]);
          await log.end();
          await log.close();
          disk.works();
          if (log.unindexed !== undefined) expect(log.unindexed).to.include('no space left on device');
          else expect(await scanned()).to.deep.equal([0, 0]);
          expect(
            readdirSync(at(String(count))).filter((name) => !/^x\.(late\.|rejected\.)?csv(\.index|\.run\.json)?$/.test(name)),
          ).to.deep.equal([]);
          await scanned();
          expect(await scanned()).to.deep.equal([0, 0]);
        }),
        runs(10),
      );
    });
  });

  it('should be right when the log itself could not be written, and the run was resumed', async () => {
    const rows = [...changes(200), late(200)];
    await fc.assert(
      fc.asyncProperty(fc.nat(20_000), async (room) => {
        rmSync(paths.run, { force: true });
        const log = await open({ resume: true });
        csvDisk.fillsUpAfter(room);
        for (let from = 0; from < rows.length; from += 67) {
          if (await commitTo(log, rows.slice(from, from + 67)).then(() => false, () => true)) break;
        }
        csvDisk.works();
        await log.close();
        await scanned();
        expect(await scanned()).to.deep.equal([0, 0]);
        const again = await open({ resume: true });
        await commitTo(again, rows);
        await again.end();
        await again.close();
        expect(await scanned()).to.deep.equal([0, 0]);
      }),
      runs(10),
    );
  });

  it('should be right when somebody else changed the rights of the log meanwhile, or its rows', async () => {
    const log = await open();
    await commitTo(log, changes(20));
    chmodSync(paths.changes, 0o600);
    await commitTo(log, changes(20, 20));
    await log.sync();
    await scanned();
    appendFileSync(paths.changes, readFileSync(paths.changes, 'utf8').split('\n')[1]!.replace('d0', 'd9').concat('\n'));
    expect((await failureOf(commitTo(log, changes(20, 40)))).message).to.include('was changed while it was written');
    await log.close();
    await scanned();
    expect(await scanned()).to.deep.equal([0, 0]);
  });

  it('should write nothing more when the log is closed again, as its descriptors may be those of other files by then', async () => {
    const log = await open();
    await commitTo(log, [change(1), late(2)]);
    await log.close();
    const others = Array.from({ length: 12 }, (_, i) => openSync(at(`other${i}`), 'w+'));
    const failure = await log.close().catch((error: unknown) => error);
    const sizes = others.map((_, i) => statSync(at(`other${i}`)).size);
    for (const other of others) {
      try {
        closeSync(other);
      } catch (error) {
        expect(error).to.have.property('code', 'EBADF'); // it was closed by the log
        sizes.push(-1);
      }
    }
    expect(sizes).to.deep.equal(others.map(() => 0));
    expect(failure).to.equal(undefined);
  });

  it('should let the run go on when its index is deleted meanwhile, and be made by the first question', async () => {
    const log = await open();
    await commitTo(log, changes(20));
    rmSync(paths.changesIndex);
    await commitTo(log, changes(20, 20));
    await log.end();
    await log.close();
    await scanned();
    expect(await scanned()).to.deep.equal([0, 0]);
    expect(existsSync(paths.changesIndex)).to.equal(true);
  });
});
