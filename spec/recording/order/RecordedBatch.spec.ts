import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../../src/domain/DeviceIds.js';
import { arrivalOf, sizeOf } from '../../../src/domain/FixBatch.js';
import { batchOf } from '../../../src/recording/batchOf.js';
import { fixesOf } from '../../../src/recording/fixesOf.js';
import { arbitraryFixes } from '../../support/arbitraryFixes.js';
import { spoil } from '../../support/batchesOf.js';
import { fix } from '../../support/fix.js';

/** Fixes, and two places among them. */
const cut = arbitraryFixes()
  .chain((fixes) => fc.tuple(fc.constant(fixes), fc.nat({ max: fixes.length }), fc.nat({ max: fixes.length })))
  .map(([fixes, one, other]) => ({ fixes, first: Math.min(one, other), end: Math.max(one, other) }));

describe('RecordedBatch', () => {
  it('should give the fixes of some of its rows, and of some of those', () => {
    fc.assert(
      fc.property(cut, ({ fixes, first, end }) => {
        const part = batchOf(fixes).part(first, end);
        expect(fixesOf(part)).to.deep.equal(fixes.slice(first, end));
        expect(sizeOf(part)).to.equal(end - first);
        const middle = Math.floor((first + end) / 2);
        expect([...fixesOf(part.part(first, middle)), ...fixesOf(part.part(middle, end))]).to.deep.equal(fixes.slice(first, end));
      }),
      { numRuns: 100 },
    );
  });

  it('should keep its rows, when they were due and its devices as a copy that nothing spoils, and a copy of that', () => {
    fc.assert(
      fc.property(cut, ({ fixes, first, end }) => {
        const batch = batchOf(fixes);
        batch.columns.due.forEach((_, row) => (batch.columns.due[row] = row / 4));
        const kept = batch.part(first, end).kept();
        const again = kept.part(0, kept.end).kept();
        const made = fixesOf(batch);
        spoil(batch);
        for (const copy of [kept, again]) {
          expect(fixesOf(copy)).to.deep.equal(fixes.slice(first, end));
          expect([...copy.columns.due]).to.deep.equal(fixes.slice(first, end).map((_, i) => (first + i) / 4));
          expect([copy.first, copy.devices, copy.extra]).to.deep.equal([0, batch.devices, batch.extra]);
          spoil(kept);
        }
        expect(made, 'fixes are good for ever').to.deep.equal(fixes);
      }),
      { numRuns: 100 },
    );
  });

  it('should take no more memory for a copy than its rows need', () => {
    const kept = batchOf(Array.from({ length: 1000 }, (_, i) => fix('a', { event: i }))).part(500, 502).kept();
    expect([kept.columns.arrival.length, kept.text.length, kept.text.buffer.byteLength]).to.deep.equal([
      2,
      2 * '52.5,13.4,'.length + 8,
      2 * '52.5,13.4,'.length + 8,
    ]);
  });

  it('should have four bytes beyond its last text that may be read, as a copy too', () => {
    for (let length = 0; length < 20; length++) {
      for (const batch of [batchOf([fix('a', { event: 0, latitude: '1', longitude: '1'.repeat(length) })])]) {
        for (const each of [batch, batch.kept()]) expect(each.text.length - each.columns.to[0]!).to.be.at.least(4);
      }
    }
  });

  it('should be itself as the part that is all of it', () => {
    const batch = batchOf([fix('a', { event: 1 }), fix('b', { event: 2 })]);
    expect(batch.part(0, 2)).to.equal(batch);
    expect(arrivalOf(batch, 1)).to.equal(2);
  });
});

describe('batchOf', () => {
  it('should give back by `fixesOf` any fixes, as they were written and in their order', () => {
    fc.assert(
      fc.property(arbitraryFixes({ maxLength: 60 }), (fixes) => {
        expect(fixesOf(batchOf(fixes))).to.deep.equal(fixes);
      }),
      { numRuns: 300 },
    );
  });

  it('should number the devices of several batches by the same numbers', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFixes({ extra: 0 }), { maxLength: 4 }), (pieces) => {
        const devices = new DeviceIds();
        const batches = pieces.map((fixes) => batchOf(fixes, devices));
        expect(batches.flatMap(fixesOf)).to.deep.equal(pieces.flat());
        expect(devices.count).to.equal(new Set(pieces.flat().map(({ device }) => device)).size);
      }),
      { numRuns: 50 },
    );
  });
});
