import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant } from '../../src/domain/instant.js';
import { History } from '../../src/history/History.js';
import { openHistory } from '../../src/history/openHistory.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import type { IndexedCsv } from '../../src/lookup/IndexedCsv.js';
import { Segment, type Entry } from '../../src/lookup/Segment.js';
import { arbitraryRows, inStretches, segmentOf, type IndexedRow } from '../lookup/arbitraryRows.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time,note\n';
const LATE_HEADER = HEADER.replace('\n', ',reason,latest_event_time\n');
type Given = readonly [device: string, arrival: number, event: number, note: string];
const row = ([device, arrival, event, note]: Given) => `${formatInstant(arrival)},${device},1,2,,${formatInstant(event)},${note}\n`;
const EVERYTHING = { event: Infinity, arrival: Infinity };
const ALWAYS = { from: -Infinity, to: Infinity, knownAt: Infinity };

/**
 * A history of files of segments of rows, whose fixes say where they stand; `looked` gets the first event of each
 * segment that is searched.
 */
const historyOf = (files: readonly (readonly (readonly IndexedRow[])[])[], looked: number[] = []): History => {
  const csvs = files.map((stretches, file) => {
    const segments = stretches.map((rows) => {
      const segment = segmentOf(rows, 0, rows[0]!.start);
      const find = (hash: string) => {
        looked.push(segment.minEvent);
        return Segment.prototype.find.call(segment, hash);
      };
      return Object.assign(segment, { find });
    });
    const deviceAt = new Map(stretches.flat().map(({ start, device }) => [start, device]));
    return {
      segments,
      fix: ({ event, arrival, start }: Entry) => ({ device: deviceAt.get(start), event, arrival, extra: [file, start].map(String) }),
    };
  });
  return new History(csvs as unknown as IndexedCsv[], 'run');
};

describe('History', () => {
  const at = temporaryFolder();
  let history: History | undefined;
  const written = async (changes: readonly Given[], late?: readonly Given[]): Promise<History> => {
    await history?.close();
    for (const name of ['log.csv.index', 'log.late.csv', 'log.late.csv.index']) rmSync(at(name), { force: true });
    writeFileSync(at('log.csv'), HEADER + changes.map(row).join(''));
    if (late) writeFileSync(at('log.late.csv'), LATE_HEADER + late.map((given) => row(given).replace('\n', ',late,\n')).join(''));
    return (history = await openHistory(at('log.csv')));
  };
  after(() => history?.close());
  const tracked = (history: History, by: 'event' | 'arrival') =>
    [...history.track('a', { by, ...ALWAYS })].map(({ fix }) => fix.extra[0]!).join('');

  it('should know its columns, its devices, and where the log ends', async () => {
    const history = await written([['b', 1, 1, ''], ['a', 3, 3, ''], ['7', 2, 2, '']], [['b', 9, 0, '']]);
    const { size } = statSync(at('log.csv'));
    expect(history.extra).to.deep.equal(['note']);
    expect(history.devices()).to.deep.equal(new Set(['7', 'a', 'b']));
    expect(history.places[0]).to.deep.equal({ to: size, before: readFileSync(at('log.csv')).subarray(-256) });
    expect([history.start, history.end]).to.deep.equal([1, 9]);
    expect([history.firstArrival('b'), history.firstEvent('b', 9), history.firstEvent('b', 8), history.firstEvent('b', 0)]).to.deep.equal([
      1,
      0,
      1,
      undefined,
    ]);
    expect([history.firstArrival('B'), history.firstEvent('B', 9), history.newest('B', EVERYTHING)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('should know nothing of a log without a row', async () => {
    const history = await written([]);
    expect([history.end, history.devices(), history.newestOfAll(EVERYTHING), history.places[0]!.to]).to.deep.equal([
      undefined,
      new Set(),
      [],
      0,
    ]);
    expect(tracked(history, 'event')).to.equal('');
  });

  it('should hold the first that came for the newest of several of one time', async () => {
    const history = await written([['a', 5, 9, 'x'], ['a', 4, 9, 'y'], ['a', 4, 9, 'z']], [['a', 4, 9, 'w']]);
    expect(history.newest('a', EVERYTHING)?.extra).to.deep.equal(['y']);
    expect(history.newestOfAll(EVERYTHING).map(({ extra }) => extra[0])).to.deep.equal(['y']);
    expect(history.newest('a', { event: 9, arrival: 3 })).to.equal(undefined);
  });

  it('should track by one clock, then the other, then changes first, then as they stand in their file', async () => {
    const history = await written(
      [
        ['a', 2, 1, 'd'],
        ['a', 1, 1, 'a'],
        ['a', 1, 2, 'e'],
        ['a', 1, 1, 'b'],
      ],
      [
        ['a', 1, 1, 'c'],
        ['a', 2, 2, 'f'],
      ],
    );
    expect(tracked(history, 'event')).to.equal('abcdef');
    expect(tracked(history, 'arrival')).to.equal('abcedf');
  });

  it('should go on with a track after any of its fixes as if it had not been interrupted', async () => {
    const given = fc.array(fc.tuple(fc.constantFrom('a', 'a', 'b'), fc.nat({ max: 4 }), fc.nat({ max: 4 }), fc.constant('')), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(given, given, fc.constantFrom('event' as const, 'arrival' as const), async (changes, late, by) => {
        const history = await written(changes, late);
        const all = [...history.track('a', { by, ...ALWAYS })];
        expect(all).to.have.length([...changes, ...late].filter(([device]) => device === 'a').length);
        for (const [i, { place }] of all.entries())
          expect([...history.track('a', { by, ...ALWAYS }, { after: place })]).to.deep.equal(all.slice(i + 1));
      }),
      { numRuns: 50 },
    );
  });

  it('should read one row a question, however often it is asked', async () => {
    const rows = Array.from({ length: 3000 }, (_, i): Given => ['a', i, i, 'x']);
    await written(rows);
    const reads = { pages: 0, rows: 0, rowBytes: 0, scanned: 0, scannedBytes: 0, verifiedBytes: 0 };
    const asked = await openHistory(at('log.csv'), { reads });
    for (let event = 0; event < 3000; event += 100) expect(asked.newest('a', { event, arrival: Infinity })?.event).to.equal(event);
    expect(reads.rows).to.equal(30);
    await asked.close();
  });

  it('should find what one fix after the other leaves, however the times of its segments overlap', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRows, { minLength: 1, maxLength: 2 }),
        fc.array(fc.nat(600), { maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 10, maxLength: 20 }),
        (files, lengths, questions) => {
          const all = files.flatMap((rows, file) => rows.map((row) => ({ ...row, file })));
          fc.pre(all.length > 0);
          const history = historyOf(files.map((rows) => inStretches(rows, lengths)));
          for (const [i, j, always] of questions) {
            const { device, event } = all[i % all.length]!;
            const bounds = { event, arrival: always ? Infinity : all[j % all.length]!.arrival };
            const newest = all
              .filter((row) => row.device === device && row.event <= bounds.event && row.arrival <= bounds.arrival)
              .sort((a, b) => b.event - a.event || a.arrival - b.arrival || a.file - b.file || a.start - b.start)[0];
            expect(history.newest(device, bounds)).to.deep.equal(
              newest && { device, event: newest.event, arrival: newest.arrival, extra: [newest.file, newest.start].map(String) },
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('should look into the few of its segments that can have what is asked for', () => {
    const rows = Array.from({ length: 500 }, (_, i): IndexedRow => ({ device: 'a', event: i, arrival: i, start: i, bytes: 1 }));
    const looked: number[] = [];
    const history = historyOf([inStretches(rows, Array.from({ length: 100 }, (_, i) => 5 * i - 1))], looked);
    for (const bounds of [{ event: 123, arrival: Infinity }, { event: Infinity, arrival: 123 }]) {
      looked.length = 0;
      expect(history.newest('a', bounds)?.event).to.equal(123);
      expect(looked).to.deep.equal([120]);
    }
  });

  it('should say that its index is damaged if the log has another row where that leads', async () => {
    const history = await written([['a', 1, 1, ''], ['b', 2, 2, '']]);
    const text = readFileSync(at('log.csv'), 'utf8');
    writeFileSync(at('log.csv'), text.replace(/00001Z,(.*)00001Z/, '00003Z,$100003Z').replace('2Z,b', '2Z,c'), { flag: 'r+' });
    for (const question of [() => history.newest('a', EVERYTHING), () => history.newest('b', EVERYTHING), () => tracked(history, 'event')])
      expect(question).to.throw(DamagedIndex, /the row at byte \d+ is/);
  });
});
