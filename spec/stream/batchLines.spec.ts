import { expect } from 'chai';
import fc from 'fast-check';
import { batchOf } from '../../src/recording/batchOf.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { batchLines } from '../../src/stream/batchLines.js';
import { formatLine } from '../../src/stream/formatLine.js';
import { arbitraryFixes } from '../support/arbitraryFixes.js';
import { runs } from '../support/runs.js';

/** Keys that are whole numbers stand first in an object, so that the order of the texts may differ. */
const readOf = (line: string) => JSON.parse(line) as unknown;

describe('batchLines', () => {
  it('should write the rows of a batch as formatLine writes their fixes', () => {
    const extras = fc.constantFrom<(readonly string[])[]>([], ['note'], ['seq', 'lat'], ['7', '"']);
    const cases = extras.chain((names) => fc.tuple(fc.constant(names), arbitraryFixes({ extra: names.length })));
    fc.assert(
      fc.property(cases, fc.nat({ max: 2 ** 40 }), ([names, fixes], seq) => {
        const batch = batchOf(fixes, new DeviceIds());
        const lineOf = batchLines(names);
        for (const [row, { extra, ...fix }] of fixes.entries()) {
          const named = Object.fromEntries(names.map((name, i) => [name, extra[i]!] as const));
          expect(readOf(lineOf(batch, batch.first + row, seq))).to.deep.equal(readOf(formatLine({ ...fix, extra: named, seq })));
        }
      }),
      runs(300),
    );
  });
});
