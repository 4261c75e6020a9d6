import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../../src/domain/DeviceIds.js';
import type { Fix } from '../../../src/domain/fix.js';
import { sortTogether } from '../../../src/domain/sortTogether.js';
import { placesOf } from '../../../src/recording/order/BatchMaker.js';
import { fixesOf } from '../../../src/recording/fixesOf.js';
import { FixRecords } from '../../../src/recording/FixRecords.js';
import { mergedBatches } from '../../../src/recording/order/mergedBatches.js';
import { decodePage, encodePage, type RecordPage } from '../../../src/recording/order/recordPage.js';
import { RunReader } from '../../../src/recording/order/RunReader.js';
import { arbitraryFixes } from '../../support/arbitraryFixes.js';
import { fix } from '../../support/fix.js';

/** The pages of a sorted run of fixes, of so many rows each, in memory of so many bytes, unless they take more. */
function pagesOf(fixes: readonly Fix[], devices: DeviceIds, rows: number, memory: number): readonly Buffer[] {
  const records = new FixRecords(devices, []);
  for (const fix of fixes) records.add(fix);
  const { keys, places } = sortTogether(records.arrival.slice(0, records.rows), placesOf(records));
  const into = new ArrayBuffer(memory);
  return Array.from({ length: Math.ceil(fixes.length / rows) }, (_, i) =>
    Buffer.from(encodePage(records.views, keys.subarray(i * rows, (i + 1) * rows), places.subarray(i * rows, (i + 1) * rows), into)),
  );
}

/** Reads pages that stand one after the other, always into the same memory, and tells of each that is read. */
function* read(pages: readonly Buffer[], memory: number, told: () => void = () => undefined): Generator<RecordPage, void> {
  const file = Buffer.concat(pages);
  const into = new ArrayBuffer(memory);
  for (let at = 0; at < file.length; ) {
    told();
    const page = decodePage(into, (bytes, from) => file.copy(bytes, 0, at + from, at + from + bytes.length));
    yield page;
    at += page.bytes;
  }
}

const sorted = (fixes: readonly Fix[]) =>
  fixes
    .map((fix, i) => ({ fix, i }))
    .sort((a, b) => a.fix.arrival - b.fix.arrival || a.i - b.i)
    .map(({ fix }) => fix);
const firstOf = (fixes: readonly Fix[]) => Math.min(...fixes.map(({ arrival }) => arrival));

describe('mergedBatches', () => {
  it('should give the fixes of any runs by arrival, those of one moment in the order of the runs, whatever pages and memory there are', () => {
    const times = fc.oneof(fc.constantFrom(0, 1, 2), fc.maxSafeInteger());
    const runs = fc
      .nat({ max: 1 })
      .chain((extra) => fc.array(arbitraryFixes({ minLength: 1, maxLength: 12, extra, times }), { maxLength: 5 }));
    const memory = fc.constantFrom(0, 8, 64, 1000);
    fc.assert(
      fc.property(runs, fc.constantFrom(1, 2, 3, 100), memory, (runs, rows, memory) => {
        const devices = new DeviceIds();
        const readers = runs.map((fixes) => new RunReader(firstOf(fixes), read(pagesOf(fixes, devices, rows, memory), memory)));
        expect(Array.from(mergedBatches(readers, { devices, extra: (runs[0]?.[0]?.extra.length ?? 0) > 0 }), fixesOf).flat()).to.deep.equal(
          sorted(runs.flat()),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('should begin a batch when 8,192 fixes are in one, or their texts take a mebibyte', () => {
    const devices = new DeviceIds();
    const lengths = (fixes: readonly Fix[]) =>
      Array.from(
        mergedBatches([new RunReader(firstOf(fixes), read(pagesOf(fixes, devices, 4096, 0), 0))], { devices, extra: true }),
        ({ end }) => end,
      );
    const many = Array.from({ length: 2 * 8192 + 1 }, (_, i) => fix('a', { event: i, extra: [''] }));
    expect(lengths(many)).to.deep.equal([8192, 8192, 1]);
    expect(lengths(many.slice(1))).to.deep.equal([8192, 8192]);
    const long = [...[400_000, 400_000, 400_000], 3_000_000, 1, 2_000_000].map((length, i) =>
      fix('a', { event: i, extra: ['x'.repeat(length)] }),
    );
    expect(lengths(long)).to.deep.equal([2, 1, 1, 2]); // the longest one alone, and then there is room for the others
  });

  it('should give nothing of no runs', () => {
    expect([...mergedBatches([], { devices: new DeviceIds(), extra: false })]).to.deep.equal([]);
  });

  it('should begin a run only when its first fix is next', () => {
    const devices = new DeviceIds();
    const told: string[] = [];
    const run = (name: string, from: number) => {
      const fixes = Array.from({ length: 8192 }, (_, i) => fix('a', { event: from + i }));
      return new RunReader(from, read(pagesOf(fixes, devices, 4096, 0), 0, () => told.push(name)));
    };
    const batches = mergedBatches([run('later', 1e6), run('first', 0)], { devices, extra: false });
    expect(told).to.deep.equal([]);
    batches.next();
    expect(told, 'the first of the other is the next').to.deep.equal(['first', 'first', 'later']);
    expect([...batches].length).to.equal(1);
    expect(told).to.deep.equal(['first', 'first', 'later', 'later']);
  });
});

describe('recordPage', () => {
  it('should read back what it wrote, however much memory there is, and say how long it is', () => {
    fc.assert(
      fc.property(
        arbitraryFixes({ minLength: 1, maxLength: 20 }),
        fc.constantFrom(0, 8, 1024, 1_000_000),
        fc.constantFrom(0, 8, 1024, 1_000_000),
        (fixes, writing, reading) => {
          const devices = new DeviceIds();
          const [bytes] = pagesOf(fixes, devices, fixes.length, writing);
          const [page] = read([bytes!, Buffer.alloc(64, 7)], reading);
          expect(page!.bytes).to.equal(bytes!.length);
          expect([...page!.arrival]).to.deep.equal(fixes.map(({ arrival }) => arrival).sort((a, b) => a - b));
        },
      ),
      { numRuns: 100 },
    );
  });
});
