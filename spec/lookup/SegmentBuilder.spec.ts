import { closeSync, openSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { DeviceRanks } from '../../src/lookup/DeviceRanks.js';
import { hashOf } from '../../src/lookup/hashOf.js';
import { isSealed, PAGE, sealPages } from '../../src/lookup/page.js';
import { FilePages, HeldPages } from '../../src/lookup/Pages.js';
import { noReads } from '../../src/lookup/Reads.js';
import { Segment, type Entry } from '../../src/lookup/Segment.js';
import { FULL, SegmentBuilder } from '../../src/lookup/SegmentBuilder.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { addTo, arbitraryRows, bytesOf, columnsOf, entriesOf, inStretches, segmentOf, toldBy, type IndexedRow, type ToldBy } from './arbitraryRows.js';

const inFileOrder = (rows: readonly Entry[]) => [...rows].sort((a, b) => a.start - b.start);
const byEvent = (a: Entry, b: Entry) => a.event - b.event || a.arrival - b.arrival || a.start - b.start;
const entry = ({ event, arrival, start, bytes }: IndexedRow): Entry => ({ event, arrival, start, bytes });
/** Rows with no gaps between them. */
const packed = (rows: readonly IndexedRow[], from = 0) => {
  let start = from;
  return rows.map((row) => ({ ...row, start: (start += row.bytes) - row.bytes }));
};
const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));

describe('SegmentBuilder', () => {
  const at = temporaryFolder();

  it('should make of any rows a segment that finds those of each device, in order', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.nat(1000), (rows, crc) => {
        fc.pre(rows.length > 0);
        const segment = segmentOf(rows, crc);
        for (const device of new Set(rows.map(({ device }) => device))) {
          const own = rows.filter((row) => row.device === device).map(entry).sort(byEvent);
          const run = segment.find(hashOf(device))!;
          expect(entriesOf(segment, run)).to.deep.equal(own);
          expect(run).to.include({
            hash: hashOf(device),
            minEvent: own[0]!.event,
            maxEvent: own.at(-1)!.event,
            minArrival: least(own.map(({ arrival }) => arrival)),
            monotone: own.every(({ arrival }, i) => i === 0 || own[i - 1]!.arrival <= arrival),
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('should say of any rows where they stand, when they were, and how many there are', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.nat(2 ** 32 - 1), (rows, crc) => {
        fc.pre(rows.length > 0);
        const segment = segmentOf(rows, crc);
        expect(segment).to.include({
          from: 0,
          to: rows.at(-1)!.start + rows.at(-1)!.bytes,
          rows: rows.length,
          crc,
          minEvent: least(rows.map(({ event }) => event)),
          maxEvent: most(rows.map(({ event }) => event)),
          minArrival: least(rows.map(({ arrival }) => arrival)),
          maxArrival: most(rows.map(({ arrival }) => arrival)),
        });
      }),
      { numRuns: 150 },
    );
  });

  it('should give the runs of any rows by their hashes, with each row in one of them', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        fc.pre(rows.length > 0);
        const segment = segmentOf(rows);
        const runs = [...segment.runs()];
        expect(runs.map(({ hash }) => hash)).to.deep.equal([...new Set(rows.map(({ device }) => hashOf(device)))].sort());
        expect(runs.map(({ first }) => first)).to.deep.equal([0, ...runs.map(({ end }) => end)].slice(0, -1));
        expect(inFileOrder(runs.flatMap((run) => entriesOf(segment, run)))).to.deep.equal(rows.map(entry));
      }),
      { numRuns: 100 },
    );
  });

  it('should find no device that it has no row of', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.string(), (rows, device) => {
        fc.pre(rows.length > 0 && rows.every((row) => row.device !== device));
        expect(segmentOf(rows).find(hashOf(device))).to.equal(undefined);
      }),
      { numRuns: 100 },
    );
  });

  it('should have the id of each device that no segment before it has, however long it is, and no other', () => {
    const id = fc.oneof(fc.nat(30).map(String), fc.constantFrom('', 'नाम 🛰', 'two\nlines', 'x'.repeat(127), 'x'.repeat(128), 'é'.repeat(5000)));
    fc.assert(
      fc.property(fc.array(fc.array(id, { minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 4 }), fc.nat(3), (all, twice) => {
        const [builder, devices, known] = [new SegmentBuilder(), new DeviceIds(), new Set<string>()];
        for (const [i, ids] of all.entries()) {
          builder.begin(i);
          addTo(builder, ids.map((device) => ({ device, event: 0, arrival: 0, start: i, bytes: 1 })), devices);
          if (twice === i) builder.build(0);
          const found = [...new Segment(new HeldPages(builder.build(0)), 0).newDevices()].flat();
          expect(found.toSorted()).to.deep.equal([...new Set(ids)].filter((id) => !known.has(id)).sort());
          for (const id of ids) known.add(id);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('should give the ids of many devices some at a time', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ device: String(i), event: i, arrival: i, start: i, bytes: 1 }));
    const parts = [...segmentOf(rows).newDevices()];
    expect(Math.max(...parts.map(({ length }) => length))).to.be.at.most(1000);
    expect(new Set(parts.flat())).to.deep.equal(new Set(rows.map(({ device }) => device)));
  });

  it('should be whole pages, as many as the segment says, the first sealed so that it can be read by itself', () => {
    for (const [devices, rows, pages] of [[1, 1, 6], [1, 170, 6], [1, 171, 7], [73, 73, 6], [74, 74, 7], [146, 341, 9]] as const) {
      const bytes = bytesOf(
        Array.from({ length: rows }, (_, i) => ({ device: String(i % devices), event: i, arrival: i, start: i * 10, bytes: 10 })),
        1,
      );
      expect(bytes.length).to.equal(pages * PAGE);
      expect(new Segment(new HeldPages(bytes), 0).length).to.equal(pages);
      for (let at = 0; at < bytes.length; at += PAGE) expect(isSealed(bytes.subarray(at, at + PAGE), 0)).to.equal(at === 0);
    }
  });

  it('should place rows that are far behind in a file, and end where the last does', () => {
    const builder = new SegmentBuilder();
    builder.begin(2 ** 40);
    expect(builder).to.include({ rows: 0, to: 2 ** 40 });
    const devices = new DeviceIds();
    addTo(builder, [{ device: 'a', event: -8e15, arrival: 8e15, start: 2 ** 40 + 5, bytes: 100 }], devices);
    builder.add(columnsOf([{ device: 'a', event: 1, arrival: 1, start: 2 ** 40 + 2 ** 30, bytes: 2 ** 26 }], devices), 2 ** 40 + 2 ** 30);
    expect(builder).to.include({ rows: 2, from: 2 ** 40, to: 2 ** 40 + 2 ** 30 + 2 ** 26 });
    const segment = new Segment(new HeldPages(builder.build(0)), 0);
    expect(entriesOf(segment, segment.find(hashOf('a'))!)).to.deep.equal([
      { event: -8e15, arrival: 8e15, start: 2 ** 40 + 5, bytes: 100 },
      { event: 1, arrival: 1, start: 2 ** 40 + 2 ** 30, bytes: 2 ** 26 },
    ]);
  });

  it('should be full at 131,072 rows, or at 1 GiB', () => {
    const builder = new SegmentBuilder();
    const devices = new DeviceIds();
    const row = { device: 'a', event: 0, arrival: 0, start: 0, bytes: 1 };
    for (let i = 0; i < FULL; i++) {
      if (builder.isFull) throw new Error(`full at ${i} rows`);
      addTo(builder, [{ ...row, event: FULL - i, start: i }], devices);
    }
    expect(builder.isFull).to.equal(true);
    const long = new SegmentBuilder();
    long.begin(7);
    addTo(long, [{ ...row, start: 7, bytes: 2 ** 30 - 1 }], devices);
    expect(long.isFull).to.equal(false);
    addTo(long, [{ ...row, start: 7 + 2 ** 30 - 1 }], devices);
    expect(long.isFull).to.equal(true);
  });

  it('should make of any rows from one on the segment that they make alone, behind the rows before', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.nat(600), (rows, place) => {
        fc.pre(rows.length > 0);
        const fromRow = place % rows.length;
        const before = rows[fromRow - 1];
        const alone = segmentOf(rows.slice(fromRow), 1, before ? before.start + before.bytes : 0);
        expect(toldBy(segmentOf(rows, 1, 0, fromRow))).to.deep.equal(toldBy(alone));
      }),
      { numRuns: 100 },
    );
  });

  it('should seal each segment in its own way, so that no page of one passes for that of another', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ device: 'a', event: i, arrival: i, start: i, bytes: 1 }));
    const [a, b] = [bytesOf(rows), bytesOf(rows)];
    b.copy(a, 2 * PAGE, 2 * PAGE);
    writeFileSync(at('index'), a);
    const descriptor = openSync(at('index'), 'r');
    const segment = new Segment(new FilePages(descriptor, noReads()), 0);
    expect(segment.find(hashOf('a'))).to.include({ first: 0, end: 100 });
    expect(() => segment.entry(0)).to.throw(DamagedIndex, 'page 2 is damaged');
    closeSync(descriptor);
  });

  it('should make one segment after the other, also several of the same rows', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRows.filter((rows) => rows.length > 0), { minLength: 2, maxLength: 4 }), (all) => {
        const builder = new SegmentBuilder();
        const devices = new DeviceIds();
        const withoutIds = ({ rows, from, to, crc, counts, runs }: ToldBy) => ({ rows, from, to, crc, counts, runs });
        const told = (crc: number) => withoutIds(toldBy(new Segment(new HeldPages(builder.build(crc)), 0)));
        for (const rows of all) {
          builder.begin(0);
          for (const [i, row] of rows.entries()) {
            addTo(builder, [row], devices);
            if (i % 2 === 0) builder.prepare();
            if (i === 4) expect(told(2)).to.deep.equal(withoutIds(toldBy(segmentOf(rows.slice(0, 5), 2))));
          }
          for (let twice = 0; twice < 2; twice++) expect(told(3)).to.deep.equal(withoutIds(toldBy(segmentOf(rows, 3))));
          expect(builder).to.include({ rows: rows.length, from: 0, to: rows.at(-1)!.start + rows.at(-1)!.bytes });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('should make of columns the segment of their rows, wherever they are cut', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.array(fc.nat(600), { maxLength: 5 }), fc.nat(100), (rows, lengths, from) => {
        fc.pre(rows.length > 0);
        const all = packed(rows, from);
        const builder = new SegmentBuilder();
        const devices = new DeviceIds();
        for (const stretch of inStretches(all, lengths)) builder.add(columnsOf(stretch, devices), stretch[0]!.start);
        builder.add(columnsOf([], devices), builder.to);
        expect(toldBy(new Segment(new HeldPages(builder.build(9)), 0))).to.deep.equal(toldBy(segmentOf(all, 9)));
        expect(builder).to.include({ rows: rows.length, from: 0, to: all.at(-1)!.start + all.at(-1)!.bytes });
      }),
      { numRuns: 100 },
    );
  });

  it('should make the same segments beside another that knows the devices, whichever came first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), arbitraryRows), { maxLength: 8 }), (all) => {
        const devices = new DeviceIds();
        const ranks = new DeviceRanks();
        const builders = [new SegmentBuilder(ranks), new SegmentBuilder(ranks)] as const;
        const held: [IndexedRow[], IndexedRow[]] = [[], []];
        for (const [second, rows] of all) {
          const [builder, own] = [builders[Number(second) as 0 | 1], held[Number(second) as 0 | 1]];
          const added = packed(rows, builder.to);
          own.push(...added);
          builder.add(columnsOf(added, devices), builder.to);
          if (own.length > 0) expect(toldBy(new Segment(new HeldPages(builder.build(1)), 0))).to.deep.equal(toldBy(segmentOf(own, 1)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('should order the first and the last instants that there are, and those beside zero', () => {
    const { MAX_SAFE_INTEGER: max, MIN_SAFE_INTEGER: min } = Number;
    const instant = fc.constantFrom(min, min + 1, min + 2, -2049, -2048, -1, 0, 1, 2047, 2048, max - 2, max - 1, max);
    fc.assert(
      fc.property(
        fc.array(fc.record({ device: fc.constantFrom('a', 'b'), event: instant, arrival: instant, bytes: fc.constant(3) }), {
          minLength: 1,
          maxLength: 40,
        }),
        (given) => {
          const rows = packed(given.map((row) => ({ ...row, start: 0 })));
          const segment = segmentOf(rows);
          for (const run of segment.runs()) {
            const own = rows
              .filter(({ device }) => hashOf(device) === run.hash)
              .map(entry)
              .sort(byEvent);
            expect(entriesOf(segment, run)).to.deep.equal(own);
            expect(run).to.include({
              minEvent: own[0]!.event,
              maxEvent: own.at(-1)!.event,
              minArrival: least(own.map(({ arrival }) => arrival)),
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('should take no rows that number their devices otherwise', () => {
    const builder = new SegmentBuilder();
    const row = { device: 'a', event: 0, arrival: 0, start: 0, bytes: 1 };
    builder.add(columnsOf([row], new DeviceIds()), 0);
    expect(() => {
      builder.add(columnsOf([row], new DeviceIds()), 1);
    }).to.throw(RangeError, 'all rows of a run must have the same devices');
  });
});

describe('Segment', () => {
  const at = temporaryFolder();

  it('should find damaged what does not start as one', () => {
    for (const page of [Buffer.alloc(PAGE), sealPages(Buffer.alloc(PAGE, 1), 0)]) {
      expect(() => new Segment(new HeldPages(page), 0)).to.throw(DamagedIndex, 'no segment starts at page 0');
    }
  });

  it('should find a device among many by a few pages', () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => ({ device: String(i), event: i, arrival: i, start: i, bytes: 1 }));
    writeFileSync(at('index'), bytesOf(rows));
    const descriptor = openSync(at('index'), 'r');
    for (const i of [0, 12_345, 39_999]) {
      const reads = noReads();
      const segment = new Segment(new FilePages(descriptor, reads), 0);
      const run = segment.find(hashOf(String(i)))!;
      expect(segment.entry(run.first)).to.deep.equal(entry(rows[i]!));
      expect(reads.pages).to.be.at.most(8);
    }
    closeSync(descriptor);
  });

  it('should tell devices apart whose hashes start with the same bytes', () => {
    const [one, other] = ['69235', '95303'] as const; // c11eb5e6
    expect(hashOf(one).slice(0, 4)).to.equal(hashOf(other).slice(0, 4));
    const row = (device: string, event: number) => ({ device, event, arrival: event, start: event, bytes: 1 });
    const both = segmentOf([row(one, 0), row(other, 1)]);
    expect([one, other].map((device) => both.find(hashOf(device))?.minEvent)).to.deep.equal([0, 1]);
    for (const [held, asked] of [[one, other], [other, one]] as const) {
      for (const beside of [[], ['0'], ['4']]) expect(segmentOf([held, ...beside].map(row)).find(hashOf(asked))).to.equal(undefined);
    }
  });
});
