import { closeSync, openSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { hashOf } from '../../src/lookup/hashOf.js';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { isSealed, PAGE, sealPages } from '../../src/lookup/page.js';
import { FilePages, HeldPages } from '../../src/lookup/Pages.js';
import { noReads } from '../../src/lookup/Reads.js';
import { Segment, type Entry } from '../../src/lookup/Segment.js';
import { FULL, SegmentBuilder } from '../../src/lookup/SegmentBuilder.js';
import { fix } from '../support/fix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { arbitraryRows, bytesOf, entriesOf, segmentOf, toldBy, type IndexedRow } from './arbitraryRows.js';

const inFileOrder = (rows: readonly Entry[]) => [...rows].sort((a, b) => a.start - b.start);
const byEvent = (a: Entry, b: Entry) => a.event - b.event || a.arrival - b.arrival || a.start - b.start;
const entry = ({ event, arrival, start, bytes }: IndexedRow): Entry => ({ event, arrival, start, bytes });
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

  it('should be whole pages, as many as the segment says, the first sealed so that it can be read by itself', () => {
    for (const [devices, rows, pages] of [[1, 1, 3], [1, 170, 3], [1, 171, 4], [73, 73, 3], [74, 74, 4], [146, 341, 6]] as const) {
      const builder = new SegmentBuilder();
      for (let i = 0; i < rows; i++) builder.add(fix(String(i % devices), { event: i }), i * 10, 10);
      const bytes = builder.build(1);
      expect(bytes.length).to.equal(pages * PAGE);
      expect(new Segment(new HeldPages(bytes), 0).length).to.equal(pages);
      for (let at = 0; at < bytes.length; at += PAGE) expect(isSealed(bytes.subarray(at, at + PAGE), 0)).to.equal(at === 0);
    }
  });

  it('should place rows that are far behind in a file, and end where the last does', () => {
    const builder = new SegmentBuilder();
    builder.begin(2 ** 40);
    expect(builder).to.include({ rows: 0, to: 2 ** 40 });
    builder.add(fix('a', { event: -8e15, arrival: 8e15 }), 2 ** 40 + 5, 100);
    builder.add(fix('a', { event: 1 }), 2 ** 40 + 2 ** 30, 2 ** 26);
    expect(builder).to.include({ rows: 2, from: 2 ** 40, to: 2 ** 40 + 2 ** 30 + 2 ** 26 });
    const segment = new Segment(new HeldPages(builder.build(0)), 0);
    expect(entriesOf(segment, segment.find(hashOf('a'))!)).to.deep.equal([
      { event: -8e15, arrival: 8e15, start: 2 ** 40 + 5, bytes: 100 },
      { event: 1, arrival: 1, start: 2 ** 40 + 2 ** 30, bytes: 2 ** 26 },
    ]);
  });

  it('should be full at 131,072 rows, or at 1 GiB', () => {
    const builder = new SegmentBuilder();
    for (let i = 0; i < FULL; i++) {
      if (builder.isFull) throw new Error(`full at ${i} rows`);
      builder.add(fix('a', { event: FULL - i }), i, 1);
    }
    expect(builder.isFull).to.equal(true);
    const long = new SegmentBuilder();
    long.begin(7);
    long.add(fix('a', { event: 0 }), 7, 2 ** 30 - 1);
    expect(long.isFull).to.equal(false);
    long.add(fix('a', { event: 0 }), 7 + 2 ** 30 - 1, 1);
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
        const told = (crc: number) => toldBy(new Segment(new HeldPages(builder.build(crc)), 0));
        for (const rows of all) {
          builder.begin(0);
          for (const [i, { device, event, arrival, start, bytes }] of rows.entries()) {
            builder.add(fix(device, { event, arrival }), start, bytes);
            if (i === 4) expect(told(2)).to.deep.equal(toldBy(segmentOf(rows.slice(0, 5), 2)));
          }
          for (let twice = 0; twice < 2; twice++) expect(told(3)).to.deep.equal(toldBy(segmentOf(rows, 3)));
          expect(builder).to.include({ rows: rows.length, from: 0, to: rows.at(-1)!.start + rows.at(-1)!.bytes });
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('Segment', () => {
  it('should find damaged what does not start as one', () => {
    for (const page of [Buffer.alloc(PAGE), sealPages(Buffer.alloc(PAGE, 1), 0)]) {
      expect(() => new Segment(new HeldPages(page), 0)).to.throw(DamagedIndex, 'no segment starts at page 0');
    }
  });
});
