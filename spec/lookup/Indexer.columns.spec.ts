import { closeSync, mkdirSync, openSync, statSync, utimesSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { findLogColumns } from '../../src/domain/findLogColumns.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { formatInstant } from '../../src/domain/instant.js';
import { DeviceRanks } from '../../src/lookup/DeviceRanks.js';
import { Indexer } from '../../src/lookup/Indexer.js';
import { indexPath, openIndex } from '../../src/lookup/openIndex.js';
import { indexRows } from '../../src/lookup/indexRows.js';
import { HeldPages } from '../../src/lookup/Pages.js';
import { noReads } from '../../src/lookup/Reads.js';
import { Segment } from '../../src/lookup/Segment.js';
import { FULL } from '../../src/lookup/SegmentBuilder.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { columnsOf, entriesOf, toldBy, type IndexedRow } from './arbitraryRows.js';
import { GrowingFile } from './growingFile.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const { MAX_SAFE_INTEGER: MAX, MIN_SAFE_INTEGER: MIN } = Number;
const SECOND = 1_634_990_000_000_000;

interface Row {
  readonly device: string;
  readonly event: number;
  readonly arrival: number;
}

const lineOf = ({ device, event, arrival }: Row) => `${formatInstant(arrival)},${device},1,2,,${formatInstant(event)}\n`;

/** Rows as they stand in a file from a byte on, and their text. */
const placed = (rows: readonly Row[], from: number): { readonly text: string; readonly rows: readonly IndexedRow[] } => {
  let at = from;
  const lines = rows.map(lineOf);
  return {
    text: lines.join(''),
    rows: rows.map((row, i) => ({ ...row, start: (at += lines[i]!.length) - lines[i]!.length, bytes: lines[i]!.length })),
  };
};

/** All that an index says of each row, by where the row stands; the rows follow each other without a gap. */
const entriesIn = (segments: readonly Segment[]) => {
  expect(segments.map(({ from }) => from)).to.deep.equal([0, ...segments.map(({ to }) => to)].slice(0, -1));
  const entries = segments.flatMap((segment) =>
    Array.from(segment.runs()).flatMap((run) => entriesOf(segment, run).map((entry) => ({ hash: run.hash, ...entry }))),
  );
  return entries.sort((a, b) => a.start - b.start);
};

/** The segments that are made from the finished file. */
const finished = async (path: string): Promise<readonly Segment[]> => {
  const file = await open(path);
  const made: Segment[] = [];
  try {
    const options = {
      path,
      file,
      columns: findLogColumns(HEADER.trim().split(',')),
      from: 0,
      crc: 0,
      read: () => undefined,
      signal: undefined,
    };
    for await (const bytes of indexRows(options)) made.push(new Segment(new HeldPages(Buffer.from(bytes)), 0));
  } finally {
    await file.close();
  }
  return made;
};

const instant = fc.oneof(
  fc.constantFrom(MIN, MIN + 1, -1, 0, 1, MAX - 1, MAX),
  fc.nat(5).map((seconds) => SECOND + seconds * 1e6),
  fc.nat(5e6).map((micros) => SECOND + micros),
);
const order = fc.constantFrom('both', 'arrival', 'none');
/** Rows in the order of both clocks, of arrival, or of none. A device comes the later the higher its number is. */
const stream = fc
  .tuple(fc.array(fc.record({ device: fc.nat(20), event: instant, arrival: instant }), { maxLength: 60, size: 'max' }), order)
  .map(([rows, order]) => {
    const sorted = (times: readonly number[], really: boolean) => (really ? times.toSorted((a, b) => a - b) : times);
    const arrivals = sorted(
      rows.map(({ arrival }) => arrival),
      order !== 'none',
    );
    const events = sorted(
      rows.map(({ event }) => event),
      order === 'both',
    );
    return rows.map(({ device }, i): Row => ({ device: `d${Math.min(device, i)}`, event: events[i]!, arrival: arrivals[i]! }));
  });

describe('Indexer', () => {
  const at = temporaryFolder();
  let count = 0;

  const files: GrowingFile[] = [];
  afterEach(() => { for (const file of files.splice(0)) file.close(); });

  const create = async (ranks?: DeviceRanks) => {
    mkdirSync(at(String(++count)));
    const file = new GrowingFile(at(String(count), 'x.csv'));
    files.push(file);
    file.write(HEADER);
    return { file, indexer: await Indexer.create(file, ranks) };
  };
  const give = (rows: readonly Row[], devices: DeviceIds, { file, indexer }: Awaited<ReturnType<typeof create>>) => {
    const { text, rows: columns } = placed(rows, file.size);
    file.write(text);
    indexer.add(columnsOf(columns, devices));
  };
  /** The segments in the index of a file, and whether it is stamped with the state in which the file is. */
  const read = ({ path }: GrowingFile) => {
    const index = openIndex(indexPath(path), noReads())!;
    const csv = openSync(path, 'r');
    try {
      return { segments: index.segments.map(toldBy), entries: entriesIn(index.segments), isOf: index.isOf(csv) };
    } finally {
      closeSync(csv);
      index.close();
    }
  };

  it('should make of rows, wherever they are cut, the very segment that is made from the finished file', async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.array(fc.constantFrom(0, 1, 2, 7), { maxLength: 9 }), async (rows, cuts) => {
        const { file, indexer } = await create();
        const devices = new DeviceIds();
        let from = 0;
        for (const length of [...cuts, rows.length]) {
          give(rows.slice(from, from + length), devices, { file, indexer });
          from += length;
        }
        indexer.close();
        expect(indexer.failure).to.equal(undefined);
        expect(read(file).segments).to.deep.equal((await finished(file.path)).map(toldBy));
      }),
      { numRuns: 100 },
    );
  });

  it('should have each row as the finished file has it, whenever it was sealed, beside another of the same devices', async () => {
    const added = fc.record({ second: fc.boolean(), rows: stream, seal: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(added, { maxLength: 6 }), async (all) => {
        const [ranks, devices] = [new DeviceRanks(), new DeviceIds()];
        const both = [await create(ranks), await create(ranks)] as const;
        for (const { second, rows, seal } of all) {
          const one = both[second ? 1 : 0];
          give(rows, devices, one);
          if (seal) one.indexer.seal(1);
        }
        for (const { file, indexer } of both) {
          indexer.close();
          expect(read(file).entries).to.deep.equal(entriesIn(await finished(file.path)));
        }
      }),
      { numRuns: 40 },
    );
  });

  for (const length of [7, 8192]) {
    it(`should have all of many rows that come ${length} at a time, of devices that come all along`, async () => {
      const rows = Array.from({ length: FULL + 20_000 }, (_, i): Row => ({
        device: `d${i % (1 + Math.floor(i / 300))}`,
        event: SECOND + i * 1000 - (i % 7) * 90_000,
        arrival: SECOND + i * 1000,
      }));
      const { file, indexer } = await create();
      const devices = new DeviceIds();
      for (let from = 0; from < rows.length; from += length) give(rows.slice(from, from + length), devices, { file, indexer });
      indexer.close();
      const { segments, entries } = read(file);
      expect(segments.length).to.equal(2);
      expect(segments[0]!.rows).to.be.within(FULL, FULL + length - 1);
      const expected = entriesIn(await finished(file.path));
      expect(entries.length).to.equal(rows.length);
      expect(
        entries.findIndex((entry, i) => Object.entries(entry).some(([key, value]) => expected[i]![key as keyof typeof entry] !== value)),
      ).to.equal(-1);
    });
  }

  it('should vouch for the file as it was left, and for no other', async () => {
    const grown = await create();
    const devices = new DeviceIds();
    give([{ device: 'a', event: SECOND, arrival: SECOND }], devices, grown);
    expect(read(grown.file).isOf).to.equal(true);
    grown.indexer.seal(1);
    expect(read(grown.file).isOf).to.equal(true);
    grown.indexer.add(columnsOf([], devices));
    expect(read(grown.file).isOf).to.equal(true);

    const { mtimeMs } = statSync(grown.file.path);
    utimesSync(grown.file.path, mtimeMs, mtimeMs);
    const changed = read(grown.file).isOf;
    grown.file.state = undefined; // as of a log that saw it
    grown.indexer.add(columnsOf(placed([{ device: 'a', event: 1, arrival: 1 }], grown.file.size).rows, devices));
    expect([changed, read(grown.file).isOf]).to.deep.equal([false, false]);
  });

  it('should be given up, and say why, when rows number their devices otherwise', async () => {
    const grown = await create();
    give([{ device: 'a', event: 1, arrival: 1 }], new DeviceIds(), grown);
    give([{ device: 'b', event: 2, arrival: 2 }], new DeviceIds(), grown);
    expect(grown.indexer.failure).to.be.instanceOf(RangeError);
    grown.indexer.close();
    expect(read(grown.file)).to.deep.equal({ segments: [], entries: [], isOf: false });
  });
});
