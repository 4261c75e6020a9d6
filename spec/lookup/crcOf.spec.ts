import { writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { crcOf } from '../../src/lookup/crcOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('crcOf', () => {
  const at = temporaryFolder();
  /** Over more than two reads of 1 MiB. */
  const bytes = Buffer.from(Array.from({ length: 2_200_000 }, (_, i) => (i * i) >> 7));
  let file: FileHandle;
  before(async () => {
    writeFileSync(at('file'), bytes);
    file = await open(at('file'));
  });
  after(() => file.close());

  it('should be that of the file up to any byte, in any steps, and that of all if it ends before', async () => {
    const place = fc.oneof(fc.nat(bytes.length + 1000), fc.constantFrom(0, 2 ** 20, 2 ** 20 + 1, 2 ** 21, bytes.length));
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 4 }), async (places) => {
        let [from, crc] = [0, 0];
        for (const to of places.sort((a, b) => a - b)) {
          crc = await crcOf(file, from, to, crc);
          from = to;
        }
        expect(crc).to.equal(crc32(bytes.subarray(0, from)));
      }),
      { numRuns: 50 },
    );
  });
});
