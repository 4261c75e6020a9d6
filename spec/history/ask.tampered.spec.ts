import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, map, toArray } from 'rxjs';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { ask, askAll, askDevices, track } from '../../src/index.js';
import { noReads } from '../../src/lookup/Reads.js';
import {
  deviceOf,
  momentOf,
  recorded,
  slowAnswer,
  slowAnswers,
  slowTrack,
  stretchOf,
  written,
  type Recorded,
} from '../support/bruteForce.js';
import { playFile } from '../support/playFile.js';
import { indexTampering, logTampering } from '../support/tampering.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { upToDate } from '../support/upToDate.js';
import { runs } from '../support/runs.js';

const INDEXES = ['log.csv.index', 'log.late.csv.index'];
const LOGS = ['log.csv', 'log.late.csv'];

/** Asks `log` all kinds of questions, so many of each: every answer must be that of a search through its past. */
async function expectRight(
  log: string,
  { all, changes = all }: { readonly all: Recorded; readonly changes?: Recorded },
  choose: fc.GeneratorValue,
  times = 2,
): Promise<void> {
  const works = Array.from({ length: times }, () => {
    const [device, moment, stretch] = [choose(deviceOf, all), choose(momentOf, all), choose(stretchOf, all)];
    const past = moment.by === 'event' ? all : changes;
    return [
      async () => {
        expect(await lastValueFrom(ask(log, device, moment))).to.deep.equal(slowAnswer(past, device, moment));
      },
      async () => {
        expect(await lastValueFrom(askAll(log, moment).pipe(toArray()))).to.deep.equal(slowAnswers(past, moment));
      },
      async () => {
        const devices = await lastValueFrom(askDevices(log).pipe(toArray()));
        expect(devices.toSorted()).to.deep.equal([...new Set(changes.fixes.map(({ device }) => device))].sort());
      },
      async () => {
        const fixes = await lastValueFrom(
          track(log, device, stretch).pipe(
            map(({ fix }) => fix),
            toArray(),
          ),
        );
        expect(fixes.map(({ event, arrival }) => [event, arrival])).to.deep.equal(
          slowTrack(all, device, stretch).map(({ event, arrival }) => [event, arrival]),
        );
      },
    ];
  }).flat();
  if (choose(fc.boolean)) await Promise.all(works.map((work) => work()));
  else for (const work of works) await work();
}

describe('ask, askAll and track', () => {
  const at = temporaryFolder();
  let past: Recorded;
  before(async () => {
    for (const [folder, seed] of [['one', 1], ['other', 2]] as const) {
      mkdirSync(at(folder));
      const recording = [...generateRecording({ devices: 5, duration: 500_000, seed })].join('');
      writeFileSync(at(folder, 'input.csv'), recording);
      await playFile(at(folder, 'input.csv'), at(folder, 'log.csv'));
      if (seed === 1) past = recorded(recording);
    }
  });
  /** A log of its own, with indexes that are known to go with it, or must be found to. */
  const copy = async (stamped: boolean) => {
    rmSync(at('copy'), { recursive: true, force: true });
    cpSync(at('one'), at('copy'), { recursive: true });
    if (stamped) await upToDate(at('copy', 'log.csv'));
  };

  it('should answer right whatever happened to the indexes of a log', async () => {
    const tampered = fc.array(fc.tuple(fc.constantFrom(...INDEXES), fc.constantFrom(...INDEXES), indexTampering), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), tampered, fc.gen(), async (stamped, tampered, choose) => {
        await copy(stamped);
        for (const [index, other, tamper] of tampered) if (existsSync(at('copy', index))) tamper(at('copy', index), at('other', other));
        await expectRight(at('copy', 'log.csv'), { all: past }, choose);
      }),
      runs(13),
    );
  });

  it('should answer right when the index of the changes and that of the late fixes have changed places', async () => {
    await copy(true);
    const [changes, late] = INDEXES.map((index) => at('copy', index)) as [string, string];
    cpSync(changes, at('copy', 'kept'));
    cpSync(late, changes);
    cpSync(at('copy', 'kept'), late);
    await fc.assert(fc.asyncProperty(fc.gen(), (choose) => expectRight(at('copy', 'log.csv'), { all: past }, choose)), { numRuns: 5 });
  });

  it('should answer as the rows say whatever happened to them', async () => {
    const tampered = fc.array(fc.tuple(fc.constantFrom(...LOGS), logTampering), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), tampered, fc.gen(), async (stamped, tampered, choose) => {
        await copy(stamped);
        const log = at('copy', 'log.csv');
        for (const [file, tamper] of tampered) {
          tamper(at('copy', file), at('other', file));
          await expectRight(log, { all: written(log), changes: written(log, false) }, choose, 1);
        }
      }),
      runs(13),
    );
  });

  it('should answer as the rows say while another program appends to them', async () => {
    const log = at('copy', 'log.csv');
    const second = fc.nat({ max: 59 }).map((seconds) => `2021-10-23T12:3${seconds % 9}:${String(seconds).padStart(2, '0')}Z`);
    const row = fc
      .tuple(second, fc.constantFrom('x', ...past.fixes.slice(0, 9).map(({ device }) => device)), second)
      .map(([time, device, event]) => `${time},${device},1,2,,${event}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.array(row, { maxLength: 9 }), { maxLength: 4 }),
        fc.gen(),
        async (stamped, appended, choose) => {
          await copy(stamped);
          for (const rows of appended) {
            const { size } = statSync(log);
            appendFileSync(log, `${rows.join('')}2021-10-23T12:40:00Z,x,1`);
            await expectRight(log, { all: written(log), changes: written(log, false) }, choose, 1);
            truncateSync(log, size + rows.join('').length);
          }
        },
      ),
      runs(10),
    );
  });

  it('should answer the same in a copy of the folder, and in a folder of another name', async () => {
    for (const folder of ['copy', join('copy', 'of the copy')]) {
      cpSync(at('one'), at(folder), { recursive: true });
      await fc.assert(fc.asyncProperty(fc.gen(), (choose) => expectRight(at(folder, 'log.csv'), { all: past }, choose)), { numRuns: 5 });
    }
  });

  it('should be slower once at most', async () => {
    await copy(true);
    for (const index of INDEXES) rmSync(at('copy', index));
    await upToDate(at('copy', 'log.csv'));
    const reads = noReads();
    await lastValueFrom(ask(at('copy', 'log.csv'), past.fixes[0]!.device, { by: 'event', reads }));
    expect(reads).to.include({ scanned: 0, verifiedBytes: 0, rows: 1 });
  });

  it('should leave alone a file in the place of an index that is none', async () => {
    await copy(false);
    for (const index of INDEXES) rmSync(at('copy', index));
    writeFileSync(at('copy', INDEXES[0]!), 'my own\n');
    mkdirSync(at('copy', INDEXES[1]!));
    await fc.assert(fc.asyncProperty(fc.gen(), (choose) => expectRight(at('copy', 'log.csv'), { all: past }, choose)), { numRuns: 5 });
    expect(readFileSync(at('copy', INDEXES[0]!), 'utf8')).to.equal('my own\n');
    expect(statSync(at('copy', INDEXES[1]!)).isDirectory()).to.equal(true);
  });
});
