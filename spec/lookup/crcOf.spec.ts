import { closeSync, openSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { crcOf } from '../../src/lookup/crcOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('crcOf', () => {
  const at = temporaryFolder();
  /** Over more than two reads of 1 MiB. */
  const bytes = Buffer.from(Array.from({ length: 2_200_000 }, (_, i) => (i * i) >> 7));
  let descriptor = -1;
  before(() => {
    writeFileSync(at('file'), bytes);
    descriptor = openSync(at('file'), 'r');
  });
  after(() => { closeSync(descriptor); });

  it('should be that of the file up to any byte, in any steps, and that of all if it ends before', () => {
    const place = fc.oneof(fc.nat(bytes.length + 1000), fc.constantFrom(0, 2 ** 20, 2 ** 20 + 1, 2 ** 21, bytes.length));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 4 }), (places) => {
        let [from, crc] = [0, 0];
        for (const to of places.sort((a, b) => a - b)) {
          crc = crcOf(descriptor, from, to, crc);
          from = to;
        }
        expect(crc).to.equal(crc32(bytes.subarray(0, from)));
      }),
      { numRuns: 50 },
    );
  });
});
