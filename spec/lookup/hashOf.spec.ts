import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { HASH_BYTES, hashOf } from '../../src/lookup/hashOf.js';

describe('hashOf', () => {
  it('should be the first 16 bytes of the SHA-256 of any id', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (device) => {
      expect(HASH_BYTES).to.equal(16);
      expect(Buffer.from(hashOf(device), 'latin1').toString('hex')).to.equal(
        createHash('sha256').update(device).digest('hex').slice(0, 32),
      );
    }));
  });

  it('should tell apart what is written in different ways', () => {
    const ids = ['7', '007', '7.0', ' 7', 'e\u0301', '\u00e9', 'A', 'a'];
    expect(new Set(ids.map(hashOf)).size).to.equal(ids.length);
  });
});
