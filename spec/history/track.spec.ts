import { appendFileSync, closeSync, copyFileSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { bufferCount, concatMap, from, lastValueFrom, map, take, tap, toArray, type Observable } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { formatInstant } from '../../src/domain/instant.js';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { ask } from '../../src/history/ask.js';
import type { NamedFix } from '../../src/domain/Appended.js';
import { track, type TrackOptions } from '../../src/history/track.js';
import { latest } from '../../src/live/latest.js';
import { openLog } from '../../src/log/openLog.js';
import { noReads } from '../../src/lookup/Reads.js';
import { commitTo } from '../support/commitTo.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { deviceOf, recorded, slowTrack, stretchOf, type Recorded } from '../support/bruteForce.js';
import { eventually } from '../support/eventually.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { upToDate } from '../support/upToDate.js';
import { runs } from '../support/runs.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const LATE_HEADER = HEADER.replace('\n', ',reason,latest_event_time\n');
/** A row whose times are so many µs after 1970. */
const row = (device: string, arrival: number, event: number, latitude = '1') =>
  `${formatInstant(arrival)},${device},${latitude},2,,${formatInstant(event)}\n`;
const lateRow = (...given: Parameters<typeof row>) => row(...given).replace('\n', ',late,\n');

describe('track', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const files = () => ['log.csv', 'log.late.csv', 'log.csv.index', 'log.late.csv.index'].map((name) => at(name));
  const play = async (recording: string): Promise<Recorded> => {
    writeFileSync(at('input.csv'), recording);
    await playFile(at('input.csv'), log());
    return recorded(recording);
  };
  const fixesOf = (tracked: Observable<NamedFix>): Promise<Fix[]> => lastValueFrom(tracked.pipe(map(({ fix }) => fix), toArray()));

  it('should give what a sort of the recording gives, on either clock, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const past = await play(recording);
        for (let i = 0; i < 5; i++) {
          const [device, stretch] = [choose(deviceOf, past), choose(stretchOf, past)];
          const tracked = await lastValueFrom(track(log(), device, stretch).pipe(toArray()));
          expect(sorted(tracked.map(({ fix }) => fix))).to.deep.equal(sorted(slowTrack(past, device, stretch)));
          expect(clocks(tracked.map(({ fix }) => fix))).to.deep.equal(clocks(slowTrack(past, device, stretch)));
          for (const { extra } of tracked) expect(extra).to.deep.equal(past.extra);
        }
      }),
      runs(16),
    );
  });

  it('should give it of so many that they take several segments of an index', async () => {
    // 1 in 11 a change
    const fixes = Array.from({ length: 160_000 }, (_, i) => fix(`${i % 7}`, { arrival: i * 1000, event: (i - (i % 11) ** 2) * 1000 }));
    const log = await openLog(at('large.csv'), { durable: false });
    await lastValueFrom(from(fixes).pipe(latest(), bufferCount(10_000), concatMap((updates) => commitTo(log, updates))));
    await log.close();
    const past = { fixes: fixes.filter(({ device }) => device === '3'), end: undefined, extra: [] };
    for (const stretch of [{ by: 'event' }, { by: 'arrival' }, ...fc.sample(stretchOf(past), { numRuns: 10, seed: 2 })] as const) {
      expect(clocks(await fixesOf(track(at('large.csv'), '3', stretch)))).to.deep.equal(clocks(slowTrack(past, '3', stretch)));
    }
  });

  describe('of fixes that share a moment', () => {
    before(() => {
      writeFileSync(log(), HEADER + row('a', 10, 5, '1') + row('b', 10, 5) + row('a', 10, 6, '2') + row('a', 30, 7, '3'));
      writeFileSync(
        at('log.late.csv'),
        LATE_HEADER + lateRow('a', 10, 5, '4') + lateRow('a', 10, 5, '5') + lateRow('a', 20, 6, '6') + lateRow('a', 30, 6, '7'),
      );
    });
    const latitudes = async (options: TrackOptions) => (await fixesOf(track(log(), 'a', options))).map(({ latitude }) => Number(latitude));

    it('should order them by the other clock, then changes first, then as they stand in their file', async () => {
      expect(await latitudes({ by: 'event' })).to.deep.equal([1, 4, 5, 2, 6, 7, 3]);
      expect(await latitudes({ by: 'arrival' })).to.deep.equal([1, 4, 5, 2, 6, 7, 3]);
    });

    it('should count its ends, and what had arrived by when it is asked from', async () => {
      expect(await latitudes({ from: 6, to: 6 })).to.deep.equal([2, 6, 7]);
      expect(await latitudes({ by: 'arrival', from: 20, to: 30 })).to.deep.equal([6, 7, 3]);
      expect(await latitudes({ from: 6, knownAt: 20 })).to.deep.equal([2, 6]);
      expect(await latitudes({ by: 'arrival', from: 11, knownAt: 29 })).to.deep.equal([6]);
      expect(await latitudes({ from: 8 })).to.deep.equal([]);
    });
  });

  it('should order by arrival what arrived in another order than it was taken in', async () => {
    writeFileSync(at('wild.csv'), HEADER + [[9, 1], [3, 2], [5, 3], [1, 4]].map(([arrival, event]) => row('a', arrival!, event!)).join(''));
    expect((await fixesOf(track(at('wild.csv'), 'a', { by: 'arrival', from: 2 }))).map(({ arrival }) => arrival)).to.deep.equal([3, 5, 9]);
    expect((await fixesOf(track(at('wild.csv'), 'a', { knownAt: 5 }))).map(({ event }) => event)).to.deep.equal([2, 3, 4]);
  });

  it('should have no fix of a device that is not there', async () => {
    expect(await fixesOf(track(at('wild.csv'), 'nobody'))).to.deep.equal([]);
  });

  describe('of many fixes', () => {
    const COUNT = 5000;
    /** Two devices by turns: changes of one, and changes and late fixes of the other. */
    const rows = (device: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => row(device, 2 * (from + i), 2 * (from + i))).join('');
    beforeEach(() => {
      writeFileSync(log(), HEADER + rows('a', 0, COUNT) + rows('b', 0, COUNT));
      writeFileSync(at('log.late.csv'), LATE_HEADER);
    });
    const events = (tracked: Observable<NamedFix>) => fixesOf(tracked).then((fixes) => fixes.map(({ event }) => event / 2));
    const everyOne = Array.from({ length: COUNT }, (_, i) => i);

    it('should wait after every 1,024 at most until there is room for more, and read nothing before', async () => {
      const waiting: (() => void)[] = [];
      const reads = noReads();
      const seen = new Seen(track(log(), 'b', { reads, ready: () => new Promise<void>((resolve) => waiting.push(resolve)) }));
      for (let batches = 1; !seen.completed; batches++) {
        await eventually(() => waiting.length > 0 || seen.completed);
        const [count, { pages, rows }] = [seen.values.length, reads];
        expect(count).to.equal(Math.min(batches * 1024, COUNT));
        await settled();
        expect([seen.values.length, reads.pages, reads.rows]).to.deep.equal([count, pages, rows]);
        waiting.pop()?.();
        if (count === COUNT) await eventually(() => seen.completed);
      }
      expect(files().filter(isOpen)).to.deep.equal([]);
    });

    it('should close its files and read nothing more when it is unsubscribed from', async () => {
      const reads = noReads();
      await events(track(log(), 'a', { reads }).pipe(take(10)));
      await eventually(() => !files().some(isOpen));
      expect(reads.rows).to.equal(1025); // one more says whether there is a next page
    });

    it('should close its files when it is unsubscribed from while it waits', async () => {
      const seen = new Seen(track(log(), 'a', { ready: () => new Promise(() => undefined) }));
      await eventually(() => seen.values.length === 1024);
      expect(files().some(isOpen)).to.equal(true);
      seen.unsubscribe();
      await eventually(() => !files().some(isOpen));
    });

    it('should pass on that there never will be room', async () => {
      const failure = await failureOf(events(track(log(), 'a', { ready: () => Promise.reject(new Error('gone')) })));
      expect(failure.message).to.equal('gone');
      await eventually(() => !files().some(isOpen));
    });

    for (const by of ['event', 'arrival'] as const) {
      it(`should neither leave out nor repeat any when its index turns out damaged in the midst of it, by ${by}`, async () => {
        await events(track(log(), 'a'));
        const pages = statSync(at('log.csv.index')).size / 4096;
        const whole = readFileSync(at('log.csv.index'));
        const found = { damage: 0 };
        for (let page = 1; page < pages; page += 3) {
          writeFileSync(at('log.csv.index'), whole);
          const reads = noReads();
          const flip = tap(({ fix }: NamedFix) => {
            if (fix.event === 0) flipBit(at('log.csv.index'), page * 4096 + 77);
          });
          expect(await events(track(log(), 'b', { by, reads }).pipe(flip)), `page ${page}`).to.deep.equal(everyOne);
          if (reads.rows > COUNT) found.damage++;
        }
        expect(found.damage).to.be.greaterThan(0);
      });
    }

    for (const [device, other] of [['a', 'b'], ['b', 'a']] as const) {
      it(`should neither leave out nor repeat any while another question makes the index anew, of device ${device}`, async () => {
        for (const by of ['event', 'arrival'] as const) {
          for (let passed = 1; passed <= 4; passed++) {
            writeFileSync(log(), HEADER + rows('a', 0, COUNT) + rows('b', 0, COUNT));
            await upToDate(log());
            let batches = 0;
            const ready = async () => {
              if (++batches !== passed) return;
              appendFileSync(log(), rows(other, COUNT, 1.6 * COUNT)); // as another program may
              await lastValueFrom(ask(log(), other));
            };
            expect(await events(track(log(), device, { by, ready })), `by ${by}, after ${passed * 1024}`).to.deep.equal(everyOne);
          }
        }
      });
    }

    it('should go on with the log it began with while another takes its place', async () => {
      writeFileSync(at('other.csv'), [...generateRecording({ duration: 1000 })].join(''));
      let replaced = false;
      const ready = async () => {
        if (replaced) return;
        replaced = true;
        await playFile(at('other.csv'), log());
      };
      expect(await events(track(log(), 'b', { ready }))).to.deep.equal(everyOne);
      expect(await events(track(log(), 'b'))).to.deep.equal([]);
    });

    it('should share nothing between two subscribers', async () => {
      const tracked = track(log(), 'b');
      expect(await Promise.all([events(tracked), events(tracked.pipe(take(3)))])).to.deep.equal([everyOne, [0, 1, 2]]);
    });
  });

  it('should fail if there is no log, or at a row that is not a fix', async () => {
    expect((await failureOf(fixesOf(track(at('none.csv'), 'a')))).message).to.match(/^cannot read .*none\.csv: no such file/);
    writeFileSync(at('broken.csv'), `${HEADER}${row('a', 1, 1)}x\n`);
    expect((await failureOf(fixesOf(track(at('broken.csv'), 'a')))).message).to.match(/broken\.csv:3: 1 column instead of 6/);
  });

  it('should refuse a late file of another run, by its columns', async () => {
    copyFileSync(at('wild.csv'), at('mixed.csv'));
    writeFileSync(at('mixed.late.csv'), LATE_HEADER.replace(',reason', ',note,reason'));
    expect((await failureOf(fixesOf(track(at('mixed.csv'), 'a')))).message).to.match(
      /mixed\.late\.csv has other columns than .*mixed\.csv: it is of another run: move it away/,
    );
    expect([at('mixed.csv'), at('mixed.late.csv')].filter(isOpen)).to.deep.equal([]);
  });
});

const clocks = (fixes: readonly Fix[]) => fixes.map(({ event, arrival }) => [event, arrival]);

/** In one order, since the input alone does not say which of a tie was a change. */
const sorted = (fixes: readonly Fix[]) => fixes.map((fix) => JSON.stringify(fix)).sort();

function flipBit(path: string, place: number): void {
  const byte = readFileSync(path)[place]! ^ 1;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.of(byte), 0, 1, place);
  closeSync(file);
}
