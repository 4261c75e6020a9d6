import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { FixBatch } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import { sortTogether } from '../../src/domain/sortTogether.js';
import { BatchMaker, placesOf } from '../../src/recording/order/BatchMaker.js';
import { fixesOf } from '../../src/recording/fixesOf.js';
import { after, FixRecords, HEAD } from '../../src/recording/FixRecords.js';
import { arbitraryFixes } from '../support/arbitraryFixes.js';
import { fix } from '../support/fix.js';

/** The names of so many extra columns. */
const names = (fixes: readonly Fix[]) => (fixes[0]?.extra ?? []).map((_, i) => `column ${i}`);

/** Fixes by arrival, those of one moment in their order. */
const sorted = (fixes: readonly Fix[]) =>
  fixes
    .map((fix, i) => ({ fix, i }))
    .sort((a, b) => a.fix.arrival - b.fix.arrival || a.i - b.i)
    .map(({ fix }) => fix);

const inOrder = (records: FixRecords) => sortTogether(records.arrival.slice(0, records.rows), placesOf(records));
const read = (records: FixRecords, rows: number) => Array.from(new BatchMaker(rows).batches(records, inOrder(records)), fixesOf);

describe('FixRecords', () => {
  const rows = fc.constantFrom(1, 2, 7, 8192);

  it('should give back any fixes in batches of any size, by arrival, those of one moment as they were added', () => {
    const times = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(0, 1, 2) }, { weight: 1, arbitrary: fc.maxSafeInteger() });
    fc.assert(
      fc.property(
        fc.oneof(arbitraryFixes(), arbitraryFixes({ times })),
        rows,
        fc.nat({ max: 3 }),
        fc.nat({ max: 100 }),
        (fixes, rows, room, bytes) => {
          const records = new FixRecords(new DeviceIds(), names(fixes), room, bytes);
          for (const fix of fixes) records.add(fix);
          const batches = read(records, rows);
          expect(batches.flat()).to.deep.equal(sorted(fixes));
          expect(batches.map(({ length }) => length)).to.deep.equal(
            fixes.length === 0
              ? [0]
              : Array.from({ length: Math.ceil(fixes.length / rows) }, (_, i) => Math.min(rows, fixes.length - i * rows)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('should take in others once it was cleared, in the same memory, or was released', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitraryFixes({ extra: 1 }), fc.boolean()), { maxLength: 4 }), (rounds) => {
        const records = new FixRecords(new DeviceIds(), ['note']);
        for (const [fixes, releases] of rounds) {
          for (const fix of fixes) records.add(fix);
          expect(read(records, 7).flat()).to.deep.equal(sorted(fixes));
          if (releases) records.release();
          else records.clear();
          expect([records.rows, records.end, records.bytes]).to.deep.equal([0, 0, 0]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('should have no room left over once it was released', () => {
    const records = new FixRecords(new DeviceIds(), [], 1000, 1_000_000);
    records.release();
    expect([records.arrival.length, records.views.bytes.length]).to.deep.equal([0, 8]);
  });

  it('should say what its fixes take: 24 bytes each, and their texts in eights', () => {
    const records = new FixRecords(new DeviceIds(), ['note']);
    let bytes = 0;
    for (let length = 0; length < 40; length++) {
      records.add(fix('a', { event: length, latitude: '1', longitude: '2', extra: ['x'.repeat(length)] }));
      bytes += 24 + 8 * Math.ceil(('1,2,,'.length + length) / 8);
      expect(records.bytes).to.equal(bytes);
    }
  });

  it('should keep an empty text, which has no bytes at all', () => {
    const records = new FixRecords(new DeviceIds(), []);
    for (const arrival of [2, 1]) {
      records.makeRoom(1, after(0, 0));
      records.take(arrival, arrival, -arrival, 0);
    }
    expect(records.end).to.equal(2 * HEAD);
    const [batch] = new BatchMaker().batches(records, inOrder(records));
    const { arrival, event, device, from, to } = batch!.columns;
    expect([0, 1].map((row) => [arrival[row], event[row], device[row], to[row]! - from[row]!])).to.deep.equal([
      [1, -1, 1, 0],
      [2, -2, 2, 0],
    ]);
  });

  it('should number equal devices equally, in the order in which they were met', () => {
    const records = new FixRecords(new DeviceIds(), []);
    for (const device of ['b', '7', '007', 'b', '7']) records.add(fix(device, { event: 0 }));
    const [batch] = new BatchMaker().batches(records, inOrder(records));
    expect([...batch!.columns.device.subarray(0, 5)]).to.deep.equal([0, 1, 2, 0, 1]);
  });
});

describe('BatchMaker', () => {
  it('should make its batches always in the same memory: who needs one longer keeps a copy', () => {
    const records = new FixRecords(new DeviceIds(), []);
    for (let i = 0; i < 5; i++) records.add(fix(String(i), { event: i }));
    const batches = new BatchMaker(2).batches(records, inOrder(records));
    const first = batches.next().value as FixBatch;
    const copy = first.kept();
    const second = batches.next().value as FixBatch;
    expect(second.columns).to.equal(first.columns);
    expect([...first.columns.arrival]).to.deep.equal([2, 3]);
    expect([...copy.columns.arrival]).to.deep.equal([0, 1]);
  });
});
