import { expect } from 'chai';
import fc from 'fast-check';
import { partitionOf } from '../../src/stream/partitionOf.js';
import { runs } from '../support/runs.js';

/** CRC-32 as RFC 1952 has it, a bit at a time. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('partitionOf', () => {
  it('should give the remainder of the known CRC-32', () => {
    const ALL = 2 ** 32;
    expect(partitionOf('123456789', ALL)).to.equal(0xcbf43926); // the check value in the catalogue of CRCs
    expect(partitionOf('', ALL)).to.equal(0);
    expect(partitionOf('a', ALL)).to.equal(0xe8b7be43);
    expect(partitionOf('The quick brown fox jumps over the lazy dog', ALL)).to.equal(0x414fa339);
    expect(partitionOf('123456789', 8)).to.equal(6);
    expect(partitionOf('anything', 1)).to.equal(0);
  });

  it('should take an id as UTF-8, whatever is in it', () => {
    const ids = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constant('x.y z\0ü🚗\ud800'.repeat(5000)));
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 64 }), (id, partitions) => {
        expect(partitionOf(id, partitions)).to.equal(crcOf(Buffer.from(id)) % partitions);
      }),
      runs(200),
    );
  });
});
